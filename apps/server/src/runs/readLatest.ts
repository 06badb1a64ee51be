import { packJson, unpackJson } from '../database/packedJson.js'
import type { Run } from '../generated/prisma/client.js'

type StoredLatest = Pick<Run, 'latest'>

/** More than the numbers of any run take as JSON, in bytes: a page reads those of many runs. */
const MOST_BYTES = 256 * 1024

/** Reads the numbers that a run's row keeps of its newest epoch: those of them that are numbers, see {@link latestProblem}. */
export function readLatest(run: StoredLatest): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(objectOf(run) ?? {}).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )
}

/** Says what of a run's latest numbers cannot be read; null where all can. */
export function latestProblem(run: StoredLatest): string | null {
  const latest = objectOf(run)
  if (!latest) return 'latest numbers: expected numbers by name, got something else.'
  const unreadable = Object.entries(latest).filter(([, value]) => typeof value !== 'number')
  const [[name, value] = ['', null]] = unreadable
  if (unreadable.length === 0) return null
  const others = unreadable.length > 1 ? `, and ${unreadable.length - 1} more that are none` : ''
  return `latest numbers: expected a number for ${name}, got ${JSON.stringify(value)?.slice(0, 40)}${others}.`
}

/** Lays numbers by name out for the row of a run. One that is not finite is left out: JSON has none. */
export function writeLatest(values: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer> {
  return packJson(Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value))), 'often')
}

function objectOf({ latest }: StoredLatest): Readonly<Record<string, unknown>> | null {
  return latest === null ? {} : numbersOfLatest(latest)
}

/** Reads by name what {@link writeLatest} wrote, or an earlier version; null where it cannot be read. */
export function numbersOfLatest(latest: Uint8Array): Readonly<Record<string, unknown>> | null {
  const read = unpackJson(latest, MOST_BYTES)
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Readonly<Record<string, unknown>>) : null
}
