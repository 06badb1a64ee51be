/** Which epoch the page shows: the newest one as it arrives (`pinned` null), or one that the reader chose. */
export interface EpochCursor {
  readonly pinned: number | null
  readonly playing: boolean
}

export type EpochAction =
  | { readonly type: 'pick'; readonly epoch: number }
  | { readonly type: 'follow' }
  | { readonly type: 'play'; readonly epochs: readonly number[]; readonly rest?: number | null }
  | { readonly type: 'pause' }
  | { readonly type: 'advance'; readonly epochs: readonly number[] }

/**
 * Moves the cursor. Picking leaves following and stops playing; playing from the last epoch starts over; playing past the last
 * epoch stops there. `epochs` are those that can be shown, ascending.
 */
export function moveCursor(cursor: EpochCursor, action: EpochAction): EpochCursor {
  switch (action.type) {
    case 'pick':
      return { pinned: action.epoch, playing: false }
    case 'follow':
      return { pinned: null, playing: false }
    case 'pause':
      return { ...cursor, playing: false }
    case 'play': {
      const shown = shownEpoch(cursor, action.epochs, action.rest)
      if (shown === null) return cursor
      const first = action.epochs[0] ?? shown
      return { pinned: shown === action.epochs.at(-1) ? first : shown, playing: action.epochs.length > 1 }
    }
    case 'advance': {
      if (!cursor.playing) return cursor
      const shown = shownEpoch(cursor, action.epochs)
      const next = action.epochs.find((epoch) => shown !== null && epoch > shown)
      if (next === undefined) return { ...cursor, playing: false }
      return { pinned: next, playing: next !== action.epochs.at(-1) }
    }
  }
}

/**
 * Corrects an epoch that a link names and that is not there: to the nearest, or to following the newest where the run has yet to get that
 * far. `epochs` are those that can be shown, ascending; while there are none, nothing is known to be wrong.
 */
export function correctPin(pinned: number | null, { epochs, live }: { epochs: readonly number[]; live: boolean }): number | null {
  const newest = epochs.at(-1)
  if (pinned === null || newest === undefined) return pinned
  return live && pinned > newest ? null : nearestEpoch(pinned, epochs)
}

/**
 * Finds the epoch to show among those available (ascending): the one nearest to the pinned; where none is, the newest, or that at which the run rests.
 *
 * @param rest The epoch whose model stands for a run that trains no more.
 */
export function shownEpoch(cursor: EpochCursor, epochs: readonly number[], rest: number | null = null): number | null {
  if (cursor.pinned !== null) return nearestEpoch(cursor.pinned, epochs)
  return rest === null ? (epochs.at(-1) ?? null) : nearestEpoch(rest, epochs)
}

/** Finds the available epoch nearest to a number; the earlier of two at the same distance, null when there is none. */
export function nearestEpoch(wanted: number, epochs: readonly number[]): number | null {
  let nearest: number | null = null
  for (const epoch of epochs) {
    if (nearest === null || Math.abs(epoch - wanted) < Math.abs(nearest - wanted)) nearest = epoch
  }
  return nearest
}

/** Finds the available epochs before and after one; null where there is none. */
export function besideEpoch(epoch: number, epochs: readonly number[]): { readonly earlier: number | null; readonly later: number | null } {
  return { earlier: epochs.findLast((other) => other < epoch) ?? null, later: epochs.find((other) => other > epoch) ?? null }
}

/** Lists the epochs next to one, the later first, which are worth loading before they are asked for. */
export function neighbouringEpochs(epoch: number, epochs: readonly number[], reach = 2): readonly number[] {
  const at = epochs.indexOf(epoch)
  if (at < 0) return []
  return Array.from({ length: reach }, (_, distance) => [epochs[at + distance + 1], epochs[at - distance - 1]])
    .flat()
    .filter((neighbour) => neighbour !== undefined)
}
