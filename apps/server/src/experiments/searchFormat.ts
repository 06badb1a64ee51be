import { type Format, type Read, readStored, versionOf } from '@hourglass/protocol'
import { z } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'
import { MAXIMUM_RUNS } from './maximumRuns.js'

export const searchStatuses = ['RUNNING', 'STOPPED', 'COMPLETED'] as const
export type SearchStatus = (typeof searchStatuses)[number]

/**
 * What becomes of a run at the end of a rung: it goes on; others were better; it was trained to the end; or it did not get to the end of the rung, as it failed,
 * was stopped or deleted.
 */
export const rungOutcomes = ['kept', 'dropped', 'finished', 'failed', 'stopped', 'deleted'] as const
export type RungOutcome = (typeof rungOutcomes)[number]

const result = z.strictObject({
  id: z.string(),
  /** After the last epoch of the rung; null where it did not get there. */
  loss: z.number().nullable(),
  outcome: z.enum(rungOutcomes),
})
export type RungResult = z.output<typeof result>

/** More than any number of epochs that a run may have comes to. */
const MOST_RUNGS = 64

const search = z.strictObject({
  kind: z.literal('successiveHalving'),
  eta: z.int().min(2),
  rungs: z
    .array(z.strictObject({ epochs: z.int().min(1), runs: z.int().min(1) }))
    .min(1)
    .max(MOST_RUNGS),
  /** Ids of the runs that it began with. */
  runs: z.array(z.string()).max(MAXIMUM_RUNS),
  /** What was decided at the end of each rung, the best run first. */
  decided: z.array(z.strictObject({ results: z.array(result).max(MAXIMUM_RUNS) })).max(MOST_RUNGS),
})

/** How an experiment is searched for its best run, and what was decided so far. */
export type Search = z.output<typeof search>

const searchFormat: Format<Search> = { subject: 'search', schema: search, upgrades: [] }
const envelope = z.strictObject({ version: z.int(), value: z.unknown() })

/** Lays a search out as it is stored, with the version of its format. */
export function writeSearch(value: Search): Prisma.InputJsonObject {
  return { version: versionOf(searchFormat), value }
}

/** Reads a stored search by the version that wrote it; says why where it cannot be read. */
export function readSearch(stored: unknown): Read<Search> {
  const read = envelope.safeParse(stored)
  return read.success
    ? readStored(searchFormat, { version: read.data.version, value: read.data.value })
    : { problem: 'search: expected a version and a value.' }
}

/** Names the runs of the rung that is trained now. */
export function runsOfRung({ runs, decided }: Search): readonly string[] {
  const last = decided.at(-1)
  return last ? last.results.flatMap(({ id, outcome }) => (outcome === 'kept' ? [id] : [])) : runs
}
