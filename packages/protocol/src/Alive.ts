import { z } from 'zod'

/** Says every second that a worker still answers, and how much memory it takes; never stored. */
export const aliveSchema = z.strictObject({ type: z.literal('alive'), memoryBytes: z.int().min(0) })
export type Alive = z.output<typeof aliveSchema>
