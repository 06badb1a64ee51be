import { z } from 'zod'

/** Says every second that a worker still answers, how much memory it takes, and what time of processors it has taken so far; never stored. */
export const aliveSchema = z.strictObject({ type: z.literal('alive'), memoryBytes: z.int().min(0), processorSeconds: z.number().min(0) })
export type Alive = z.output<typeof aliveSchema>
