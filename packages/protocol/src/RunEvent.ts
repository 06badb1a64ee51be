import { z } from 'zod'
import type { Format, Read, Upgrade } from './Format.js'
import { axes, runStages } from './RunReport.js'
import { readPayload, writePayload } from './storedPayload.js'

export const runStatuses = ['QUEUED', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] as const
export type RunStatus = (typeof runStatuses)[number]

/**
 * What can happen to a run, and what is kept of it beside the moment: the row of the run says the rest, as it is when the event is delivered. A new kind
 * of event is a new row here and its line below; the database, the API and the dashboard take it from these lists. One that takes
 * another shape gets an upgrade below; none has a field named `version`, where the version is stored.
 */
export const runEventPayloads = {
  STATUS_CHANGED: z.object({
    status: z.enum(runStatuses),
    error: z.object({ code: z.string(), message: z.string() }).nullable().default(null),
  }),
  INTERRUPTED: z.object({
    code: z.string(),
    message: z.string(),
    /** How often that has happened since the run last completed an epoch, from 1. */
    time: z.int().min(1),
    /** So often the run goes on by itself. */
    limit: z.int().min(1),
  }),
  TRAINING_STARTED: z.object({ attempt: z.int().min(0) }),
  RESUMED_EARLIER: z.object({ epoch: z.int().min(0), reasons: z.array(z.string()) }),
  STAGE_COMPLETED: z.object({ stage: z.enum(runStages), seconds: z.number() }),
  /** `modelsDropped` are earlier epochs of which no checkpoint and no codes are kept from then on. */
  EPOCH_COMPLETED: z.object({ epoch: z.int().min(1), modelsDropped: z.array(z.int()).default([]) }),
  /** Epochs of which no checkpoint and no codes are kept any more, and the bytes that this freed. */
  MODELS_DROPPED: z.object({ modelsDropped: z.array(z.int()), bytes: z.number() }),
  STOPPED_EARLY: z.object({ epoch: z.int().min(1), bestEpoch: z.int().min(1) }),
  VALUES_LOGGED: z.object({ axis: z.enum(axes), first: z.int(), last: z.int() }),
  ARTIFACTS_ADDED: z.object({ names: z.array(z.string()) }),
  PCA_BASELINE_COMPUTED: z.object({}),
  ANALYSIS_COMPLETED: z.object({}),
  ANALYSIS_FAILED: z.object({ code: z.string(), message: z.string() }),
  STOP_REQUESTED: z.object({}),
  RENAMED: z.object({ name: z.string() }),
  NOTES_CHANGED: z.object({}),
  /** A point, a selection or a direction of its latent space got a name, or has none any more. */
  LANDMARK_CHANGED: z.object({ kind: z.string(), name: z.string(), isKept: z.boolean() }),
  TAGS_CHANGED: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  STARRED: z.object({ isStarred: z.boolean() }),
  ARCHIVED: z.object({ isArchived: z.boolean() }),
  TRASHED: z.object({}),
  RESTORED: z.object({}),
  MOVED_IN_QUEUE: z.object({}),
  /** It was launched by itself, and belongs to the experiment of that name from then on. */
  JOINED_EXPERIMENT: z.object({ name: z.string() }),
  /** It belongs to the experiment of that name no more. */
  LEFT_EXPERIMENT: z.object({ name: z.string() }),
  EXTENDED: z.object({ from: z.int().min(1), to: z.int().min(1) }),
  IMPORTED: z.object({ archivedAt: z.string() }),
} as const satisfies Record<string, z.ZodObject>

export type RunEventKind = keyof typeof runEventPayloads

/** Kinds of events with which files of a run come or go. */
const fileKinds: ReadonlySet<RunEventKind> = new Set([
  'TRAINING_STARTED',
  'RESUMED_EARLIER',
  'EPOCH_COMPLETED',
  'MODELS_DROPPED',
  'STOPPED_EARLY',
  'ARTIFACTS_ADDED',
  'ANALYSIS_COMPLETED',
])

/** Whether files of the run may come or go with an event of a kind. */
export function changesFiles(kind: RunEventKind): boolean {
  return fileKinds.has(kind)
}

/** How payloads of earlier versions become those above, for each kind whose payload has taken another shape. */
const runEventUpgrades: { readonly [Kind in RunEventKind]?: readonly Upgrade[] } = {}

export type RunEventPayload<Kind extends RunEventKind> = z.output<(typeof runEventPayloads)[Kind]>

/** As it is given to be stored: what has a default may be left out. */
export type NewRunEventPayload<Kind extends RunEventKind> = z.input<(typeof runEventPayloads)[Kind]>

type Lines = { readonly [Kind in RunEventKind]: ((payload: RunEventPayload<Kind>) => string) | null }

const statusLines: Readonly<Record<RunStatus, string>> = {
  QUEUED: 'Queued',
  RUNNING: 'Given to a worker',
  STOPPED: 'Stopped',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
}

/** The line of a run's history that tells of an event; null for kinds that come by the thousand or show elsewhere, and so are no part of it. */
const runEventLines: Lines = {
  STATUS_CHANGED: ({ status, error }) => (error ? `${statusLines[status]}: ${error.message}` : statusLines[status]),
  INTERRUPTED: ({ message, time, limit }) => `Interrupted, goes on by itself (${time} of ${limit} times in a row): ${message}`,
  TRAINING_STARTED: ({ attempt }) => (attempt > 1 ? `Training started, attempt ${attempt}` : 'Training started'),
  RESUMED_EARLIER: ({ epoch, reasons }) =>
    `Trains again from ${epoch > 0 ? `epoch ${epoch + 1} on` : 'the beginning'}: ${reasons.join(' ') || 'no newer training state is there.'}`,
  STAGE_COMPLETED: ({ stage, seconds }) => `Finished ${stage} after ${seconds.toFixed(1)} s`,
  EPOCH_COMPLETED: null,
  MODELS_DROPPED: ({ modelsDropped, bytes }) =>
    `Models of ${modelsDropped.length} epoch${modelsDropped.length === 1 ? '' : 's'} removed, which freed ${(bytes / 1e6).toFixed(1)} MB`,
  STOPPED_EARLY: describeEarlyStop,
  VALUES_LOGGED: null,
  ARTIFACTS_ADDED: null,
  PCA_BASELINE_COMPUTED: () => 'Compared with PCA',
  ANALYSIS_COMPLETED: () => 'Measured on test data',
  ANALYSIS_FAILED: ({ message }) => `Could not be measured on test data: ${message}`,
  STOP_REQUESTED: () => 'Asked to stop',
  RENAMED: ({ name }) => `Renamed to ${name}`,
  NOTES_CHANGED: () => 'Notes changed',
  LANDMARK_CHANGED: ({ kind, name, isKept }) => `${isKept ? 'Kept' : 'Removed'} the ${kind.toLowerCase()} ${name} of its latent space`,
  TAGS_CHANGED: describeTags,
  STARRED: null,
  ARCHIVED: ({ isArchived }) => (isArchived ? 'Archived' : 'Taken out of the archive'),
  TRASHED: () => 'Moved to the trash',
  RESTORED: () => 'Restored from the trash',
  MOVED_IN_QUEUE: () => 'Moved in the queue',
  JOINED_EXPERIMENT: ({ name }) => `Put into the experiment ${name}`,
  LEFT_EXPERIMENT: ({ name }) => `Taken out of the experiment ${name}`,
  EXTENDED: ({ from, to }) => `Extended from ${from} to ${to} epochs`,
  IMPORTED: ({ archivedAt }) => `Imported from an archive of ${archivedAt.slice(0, 10)}`,
}

function describeTags({ added, removed }: RunEventPayload<'TAGS_CHANGED'>): string {
  const parts = [
    ...(added.length > 0 ? [`tagged ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`untagged ${removed.join(', ')}`] : []),
  ]
  const line = parts.join('; ')
  return line.charAt(0).toUpperCase() + line.slice(1)
}

/** Says why a run has fewer epochs than were asked for. */
export function describeEarlyStop({ epoch, bestEpoch }: RunEventPayload<'STOPPED_EARLY'>): string {
  return `Stopped early after epoch ${epoch}: none since epoch ${bestEpoch} has done better on the validation examples`
}

/** Kinds of events that a run's history lists. */
export const historyKinds: readonly RunEventKind[] = Object.entries(runEventLines).flatMap(([kind, line]) =>
  line ? [kind as RunEventKind] : [],
)

/** How the payload of a kind is stored. */
export function runEventFormat<Kind extends RunEventKind>(kind: Kind): Format<RunEventPayload<Kind>> {
  // The schema of a kind reads that kind's payload.
  const schema = runEventPayloads[kind] as unknown as z.ZodType<RunEventPayload<Kind>>
  return { subject: `payload of ${kind}`, schema, upgrades: runEventUpgrades[kind] ?? [] }
}

/** Writes the payload of an event as it is stored. */
export function writeRunEvent<Kind extends RunEventKind>(kind: Kind, payload: NewRunEventPayload<Kind>): NewRunEventPayload<Kind> {
  return writePayload(runEventFormat(kind), payload)
}

/** Reads the stored payload of an event by the version that wrote it. */
export function readRunEvent<Kind extends RunEventKind>(kind: Kind, stored: unknown): Read<RunEventPayload<Kind>> {
  return readPayload(runEventFormat(kind), stored)
}

/** Tells an event in a line; null for one that is no part of a run's history. */
export function describeRunEvent<Kind extends RunEventKind>(kind: Kind, payload: RunEventPayload<Kind>): string | null {
  // The line of a kind takes that kind's payload.
  const line = runEventLines[kind] as ((payload: RunEventPayload<Kind>) => string) | null
  return line ? line(payload) : null
}
