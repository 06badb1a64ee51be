import { z } from 'zod'
import { artifactRefSchema } from './ArtifactRef.js'
import { runSpecSchema } from './RunSpec.js'

/** What a worker is told. */
export const runCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run'),
    runId: z.string(),
    /** Counts how often the run was given to a worker. */
    attempt: z.int().min(1),
    spec: runSpecSchema,
    /** Epochs that are stored; training continues after the newest training state that is not ahead of them. */
    epochsCompleted: z.int().min(0),
    /** The run's files that the worker may need: training states, of which the newest good one is used, and the last checkpoint. */
    artifacts: z.array(artifactRefSchema),
    threads: z.int().min(1),
    /** Whether to measure the run after its last epoch; one that has them all is measured whatever this says. */
    analyze: z.boolean(),
    /** How long to wait where files cannot be written, before the run fails. */
    patienceSeconds: z.number().min(0),
  }),
  /** An epoch's rows are stored: the next one may be reported. */
  z.strictObject({ type: z.literal('stored'), epoch: z.int().min(1) }),
  z.strictObject({ type: z.literal('stop') }),
])
export type RunCommand = z.output<typeof runCommandSchema>
export type RunAssignment = Extract<RunCommand, { type: 'run' }>
