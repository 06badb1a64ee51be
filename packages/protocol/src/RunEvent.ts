import { z } from 'zod'
import { axes, runStages } from './RunReport.js'

export const runStatuses = ['QUEUED', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] as const
export type RunStatus = (typeof runStatuses)[number]

/**
 * What can happen to a run, and what is kept of it beside the moment: the row of the run says the rest, as it is when the event is delivered. A new kind
 * of event is a new row here; the database, the API and the dashboard take it from this list.
 */
export const runEventPayloads = {
  STATUS_CHANGED: z.object({
    status: z.enum(runStatuses),
    error: z.object({ code: z.string(), message: z.string() }).nullable().default(null),
  }),
  TRAINING_STARTED: z.object({ attempt: z.int().min(0) }),
  STAGE_COMPLETED: z.object({ stage: z.enum(runStages), seconds: z.number() }),
  EPOCH_COMPLETED: z.object({ epoch: z.int().min(1) }),
  VALUES_LOGGED: z.object({ axis: z.enum(axes), first: z.int(), last: z.int() }),
  ARTIFACTS_ADDED: z.object({ names: z.array(z.string()) }),
  PCA_BASELINE_COMPUTED: z.object({}),
  ANALYSIS_COMPLETED: z.object({}),
  ANALYSIS_FAILED: z.object({ code: z.string(), message: z.string() }),
  STOP_REQUESTED: z.object({}),
  RENAMED: z.object({ name: z.string() }),
} as const satisfies Record<string, z.ZodType>

export type RunEventKind = keyof typeof runEventPayloads
export type RunEventPayload<Kind extends RunEventKind> = z.output<(typeof runEventPayloads)[Kind]>
