import { z } from 'zod'

/** One file that belongs to a run. */
export const artifactRefSchema = z.strictObject({
  /** Path in the run's folder, with `/` between its parts: `checkpoints/0007.safetensors`. Of a file that lies in a pack, the name that it has for everybody else. */
  name: z.string().regex(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]*(\/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)*$/),
  /** What kind of file it is: `checkpoint`, `codes`, `reconstructions`. */
  type: z.string().min(1),
  bytes: z.int().min(0),
  /** SHA-256 of the content in hexadecimal digits; null for files of versions that computed none. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** The pack in which it lies behind others, and where it begins there; missing for a file of its own. */
  place: z.strictObject({ pack: z.int().min(1), offset: z.int().min(0) }).optional(),
})
export type ArtifactRef = z.output<typeof artifactRefSchema>
