import type { RunColumn } from './RunColumn'

/** Of the boxes to tick, and of what can be done with a run. */
export const SELECT_WIDTH = 34
export const MENU_WIDTH = 40
export const LEAST_WIDTH = 48
export const MOST_WIDTH = 1200

export interface PlacedColumn {
  readonly column: RunColumn
  readonly width: number
  /** Pixels from the left edge, where it stays there. */
  readonly left: number | null
}

export interface ColumnLayout {
  readonly placed: readonly PlacedColumn[]
  /** What the last column, of what can be done with a run, takes. */
  readonly menuWidth: number
  readonly width: number
}

export interface ColumnWishes {
  readonly columns: readonly RunColumn[]
  readonly pinned: readonly string[]
  /** Widths that somebody chose. */
  readonly widths: ReadonlyMap<string, number>
  /** Pixels that there are. */
  readonly room: number
}

/** Gives each column its place: pinned ones first, in their order, and to names the room that is left, unless somebody chose how wide they are. */
export function layoutColumns({ columns, pinned, widths, room }: ColumnWishes): ColumnLayout {
  const isPinned = ({ id }: RunColumn) => pinned.includes(id)
  const ordered = [...columns.filter(isPinned), ...columns.filter((column) => !isPinned(column))]
  const wished = ordered.map((column) => ({ column, width: clampWidth(widths.get(column.id) ?? column.width) }))
  const sum = SELECT_WIDTH + MENU_WIDTH + wished.reduce((total, { width }) => total + width, 0)
  const left = Math.max(0, Math.floor(room) - sum)
  const isNameFree = !widths.has('name')
  let start = SELECT_WIDTH
  const placed = wished.map(({ column, width }): PlacedColumn => {
    const own = column.id === 'name' && isNameFree ? width + left : width
    const place = { column, width: own, left: isPinned(column) ? start : null }
    start += own
    return place
  })
  const menuWidth = MENU_WIDTH + (isNameFree ? 0 : left)
  return { placed, menuWidth, width: start + menuWidth }
}

const clampWidth = (width: number) => Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(width)))
