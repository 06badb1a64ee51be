import { z } from 'zod'

/** The data that a run learned from. */
export const datasetRefSchema = z.strictObject({
  id: z.string().min(1),
  /** SHA-256 of the examples that the run uses, null before it has loaded them: two runs with one hash saw the same. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
export type DatasetRef = z.output<typeof datasetRefSchema>
