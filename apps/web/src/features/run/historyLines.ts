import { formatDuration } from '../../ui/formatQuantity'
import type { HistoryEntry } from './useRunHistory'

export interface HistoryLine {
  readonly seq: number
  readonly at: string
  readonly line: string
  /** Of the clock, to the second. */
  readonly time: string
  /** Where the line above is of another day, and on the first. */
  readonly day: string | null
  /** Since what happened before; null of the first. */
  readonly since: string | null
}

/** Lays out what happened to a run, the newest first, each with its time of day and how long after the one before it came. */
export function historyLines(
  entries: readonly HistoryEntry[],
  { locale, timeZone }: { readonly locale?: string; readonly timeZone?: string } = {},
): readonly HistoryLine[] {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone })
  const calendar = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const dayOf = ({ at }: HistoryEntry) => calendar.format(Date.parse(at))
  return entries
    .map((entry, index) => {
      const { seq, at, line } = entry
      const [before, after] = [entries[index - 1], entries[index + 1]]
      const since = before ? `+ ${formatDuration(Math.max(0, Date.parse(at) - Date.parse(before.at)) / 1000)}` : null
      const day = after && dayOf(after) === dayOf(entry) ? null : dayOf(entry)
      return { seq, at, line, time: clock.format(Date.parse(at)), day, since }
    })
    .reverse()
}
