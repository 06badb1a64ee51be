import type { RunEventKind } from '@hourglass/protocol'
import { z } from 'zod'
import type { Transaction } from '../database/Database.js'

/** Whom an event concerns, as its row says that: an experiment, by its number; what is deleted, by the id that it had; or the lab as a whole. */
interface Subjects {
  readonly experiment: { readonly experimentNumber: number }
  readonly deleted: { readonly deletedId: string }
  readonly lab: Readonly<Record<string, never>>
}

interface LabEventRow {
  readonly concerns: keyof Subjects
  /** What is kept beside the moment and the subject, whose row says the rest. */
  readonly payload: z.ZodObject
}

const nothing = z.strictObject({})

/**
 * What can happen in the lab beside what happens to a run, of which `runEventPayloads` of packages/protocol is the list. All are counted by the same sequence,
 * so that whoever follows any of it goes on from one place.
 */
export const labEvents = {
  RUN_DELETED: { concerns: 'deleted', payload: nothing },
  EXPERIMENT_CREATED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_RENAMED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_RUNS_ADDED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_RUNS_TAKEN_OUT: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_SEARCH_ADVANCED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_TRASHED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_RESTORED: { concerns: 'experiment', payload: nothing },
  EXPERIMENT_DELETED: { concerns: 'deleted', payload: nothing },
  QUEUE_PAUSED: { concerns: 'lab', payload: nothing },
  QUEUE_RESUMED: { concerns: 'lab', payload: nothing },
} as const satisfies Record<string, LabEventRow>

export type LabEventKind = keyof typeof labEvents

/** Kinds of events that concern what is given by a subject. */
export type LabEventOf<Concerned extends keyof Subjects> = {
  [Kind in LabEventKind]: (typeof labEvents)[Kind]['concerns'] extends Concerned ? Kind : never
}[LabEventKind]

type SubjectOf<Kind extends LabEventKind> = Subjects[(typeof labEvents)[Kind]['concerns']]

/** Any kind of event that the history of the lab may have. */
export type StoredEventKind = RunEventKind | LabEventKind

/** Appends an event to the history of the lab; returns its sequence number. */
export async function appendLabEvent<Kind extends LabEventKind>(
  transaction: Transaction,
  kind: Kind,
  subject: SubjectOf<Kind>,
): Promise<number> {
  const payload = labEvents[kind].payload.parse({})
  const { seq } = await transaction.labEvent.create({ data: { kind, payload, ...subject }, select: { seq: true } })
  return seq
}

interface Range {
  readonly gt: number
  readonly lte: number
}

/** Says which events are read: those of some kinds in a stretch of the lab's history. */
export function eventsOf(kinds: readonly StoredEventKind[], seq: Range) {
  return { kind: { in: [...kinds] }, seq }
}
