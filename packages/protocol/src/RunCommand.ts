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
    /** The run's files: of training states the newest good one is used; the checkpoint of the last epoch is measured. */
    artifacts: z.array(artifactRefSchema),
    /** Of its stored epochs the one with the lowest validation loss; null where no examples are held out, or none has a finite one. */
    best: z.strictObject({ epoch: z.int().min(1), validationLoss: z.number() }).nullable(),
    retention: z.strictObject({
      /** Every epoch's checkpoint and codes are kept while the run's files take no more. */
      bytes: z.number().min(0),
      /** About so many epochs keep theirs above that. */
      epochs: z.int().min(2),
    }),
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
