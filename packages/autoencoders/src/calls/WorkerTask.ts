import { z } from 'zod'

const failed = z.strictObject({ type: z.literal('failed'), code: z.string(), message: z.string() })

/** Short work for a worker beside training: a command each, and the reports that may answer it. */
export const workerTasks = {
  /** Errors of principal component analysis on a data set: one for each request, of as many components as a code has units, given corrupted examples. */
  baseline: {
    command: z.strictObject({
      dataset: z.string(),
      trainCount: z.int().min(1),
      /** Held out of training; 0 where none are. */
      validationCount: z.int().min(0),
      testCount: z.int().min(1),
      /** How the examples are chosen, as a configuration says it. */
      selection: z.string(),
      requests: z.array(z.strictObject({ codeSize: z.int().min(1), corruption: z.record(z.string(), z.union([z.string(), z.number()])) })),
      threads: z.int().min(1),
    }),
    report: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('computed'),
        errors: z.array(
          z.strictObject({
            components: z.int().min(0),
            isWhole: z.boolean(),
            /** Of the test examples. */
            meanSquaredError: z.number(),
            /** Null where none are held out. */
            validationMeanSquaredError: z.number().nullable(),
          }),
        ),
        /** What was wrong with principal components that were kept, and are made anew. */
        problems: z.array(z.string()),
      }),
      failed,
    ]),
  },
  /** Whether an engine can be had: it is loaded, in a process that may die of it. */
  engine: {
    command: z.strictObject({ engine: z.string() }),
    report: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('checked'),
        available: z.boolean(),
        runtime: z.string().nullable(),
        reason: z.string().nullable(),
      }),
      failed,
    ]),
  },
  /** How fast a machine trains, from one short measurement in a process that does nothing else. */
  rate: {
    command: z.strictObject({ threads: z.int().min(1) }),
    report: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('measured'),
        /** Name of the machine. */
        host: z.string(),
        /** Its seconds for each second that the same work takes on a typical machine. */
        pace: z.number().positive(),
      }),
      failed,
    ]),
  },
} as const

export type WorkerTaskName = keyof typeof workerTasks
export type WorkerTaskCommand<Name extends WorkerTaskName> = z.output<(typeof workerTasks)[Name]['command']>
export type WorkerTaskReport<Name extends WorkerTaskName> = z.output<(typeof workerTasks)[Name]['report']>
