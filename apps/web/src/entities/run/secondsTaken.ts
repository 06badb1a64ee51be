import type { RunRow } from './useRunRow'

export type TimedRun = Pick<RunRow, 'status' | 'startedAt' | 'finishedAt'>

/** Tells how long a run took by the clock, from its first start to its last end; null where it has not begun or not ended. */
export function secondsTaken({ startedAt, finishedAt }: Pick<TimedRun, 'startedAt' | 'finishedAt'>): number | null {
  if (startedAt === null || finishedAt === null) return null
  return Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
}
