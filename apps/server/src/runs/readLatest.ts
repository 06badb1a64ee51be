import type { Prisma, Run } from '../generated/prisma/client.js'

type StoredLatest = Pick<Run, 'latest'>

/** Reads the numbers that a run's row keeps of its newest epoch: those of them that are numbers, see {@link latestProblem}. */
export function readLatest(run: StoredLatest): Readonly<Record<string, number>> {
  return Object.fromEntries(entriesOf(run).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])))
}

/** Says what of a run's latest numbers cannot be read; null where all can. */
export function latestProblem(run: StoredLatest): string | null {
  const { latest } = run
  if (typeof latest !== 'object' || latest === null || Array.isArray(latest)) {
    return `latest numbers: expected numbers by name, got ${JSON.stringify(latest)?.slice(0, 40)}.`
  }
  const unreadable = entriesOf(run).filter(([, value]) => typeof value !== 'number')
  const [[name, value] = ['', null]] = unreadable
  if (unreadable.length === 0) return null
  const others = unreadable.length > 1 ? `, and ${unreadable.length - 1} more that are none` : ''
  return `latest numbers: expected a number for ${name}, got ${JSON.stringify(value)?.slice(0, 40)}${others}.`
}

/** Lays numbers by name out for the row of a run. One that is not finite is left out: JSON has none. */
export function writeLatest(values: Readonly<Record<string, number>>): Prisma.InputJsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
}

function entriesOf({ latest }: StoredLatest): readonly (readonly [string, unknown])[] {
  return typeof latest === 'object' && latest !== null && !Array.isArray(latest) ? Object.entries(latest) : []
}
