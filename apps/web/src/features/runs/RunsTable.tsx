'use client'

import { VisuallyHidden } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ColumnHead } from './ColumnHead'
import { GroupRow, type NameOfShared, RestRow } from './GroupRow'
import { layoutColumns, SELECT_WIDTH } from './layoutColumns'
import type { RowSelection } from './RowSelection'
import type { RunColumn } from './RunColumn'
import type { RunRowActions } from './RunMenu'
import classes from './RunsTable.module.css'
import { RunsTableRow } from './RunsTableRow'
import { SelectAll } from './SelectAll'
import { COUNT, type SortTerm } from './sortTerms'
import type { TableItem } from './tableItems'
import { useRowLinks } from './useRowLinks'

const ROW_HEIGHT = 38
/** Besides those that are drawn below what is in sight. */
const ROWS_BEFORE_THE_END = 5

export interface RunsTableProps {
  readonly items: readonly TableItem[]
  /** Runs that match. */
  readonly totalCount: number
  /** Rows of the whole table, of which some are not read yet. */
  readonly rowCount: number
  readonly columns: readonly RunColumn[]
  /** Names of the keys that the API was asked for. */
  readonly asked: readonly string[]
  readonly pinned: readonly string[]
  readonly widths: ReadonlyMap<string, number>
  readonly onWidth: (id: string, width: number | null) => void
  readonly sort: readonly SortTerm[]
  readonly onSort: (clicked: SortTerm, isAdded: boolean) => void
  /** Whether runs stand in groups, which can be sorted by what is measured. */
  readonly isGrouped: boolean
  readonly onOpenGroup: (id: string) => void
  readonly nameOfShared: NameOfShared
  readonly selection: RowSelection
  readonly onNearEnd: () => void
  /** Called when the first row comes in sight, or goes out of it. */
  readonly onScrolled: (isScrolled: boolean) => void
  readonly actions: RunRowActions
  /** Names the list: one that comes back is where it was left. */
  readonly listKey: string
}

/** Where lists were left, by their keys, the one that was left last at the end. */
const leftAt = new Map<string, number>()
const MOST_LEFT = 50

function leave(listKey: string, offset: number): void {
  leftAt.delete(listKey)
  leftAt.set(listKey, offset)
  const [oldest] = leftAt.keys()
  if (oldest !== undefined && leftAt.size > MOST_LEFT) leftAt.delete(oldest)
}

/** Shows runs as a table with a view of its own to scroll; only the rows in sight exist. */
export const RunsTable = memo(function RunsTable(props: RunsTableProps) {
  const { items, totalCount, rowCount, columns, asked, pinned, widths, sort, isGrouped, selection, actions, listKey } = props
  const { onNearEnd, onScrolled, onWidth, onSort, onOpenGroup, nameOfShared } = props
  const scroller = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const room = useRoom(scroller)
  const { placed, menuWidth, width } = useMemo(() => layoutColumns({ columns, pinned, widths, room }), [columns, pinned, widths, room])
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: ROW_HEIGHT,
    getItemKey: (index) => items[index]?.key ?? index,
    initialOffset: () => leftAt.get(listKey) ?? 0,
  })
  const shown = virtualizer.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastShown >= items.length - ROWS_BEFORE_THE_END) onNearEnd()
  }, [lastShown, items.length, onNearEnd])
  const isScrolled = (virtualizer.scrollOffset ?? 0) > ROW_HEIGHT / 2
  useEffect(() => onScrolled(isScrolled), [isScrolled, onScrolled])
  useEffect(() => {
    const view = scroller.current
    return () => {
      if (view) leave(listKey, view.scrollTop)
    }
  }, [listKey])
  useRowLinks(table)

  const drawn = useRef(items)
  useEffect(() => {
    drawn.current = items
  }, [items])
  const tick = useCallback(
    (id: string, isRange: boolean) =>
      selection.toggle(id, isRange ? drawn.current.flatMap((item) => (item.kind === 'run' ? item.id : [])) : null),
    [selection],
  )
  /** While a column is drawn wider or narrower, the style sheet alone follows. */
  const drawWidth = (place: number, pixels: number) => table.current?.style.setProperty(`--width-${place}`, `${pixels}px`)
  const before = shown[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const span = columns.length + 2

  return (
    // The keyboard scrolls what has the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={scroller} className={classes.scroller} aria-label="Table of runs" tabIndex={0} data-scrolled={isScrolled || undefined}>
      <table
        ref={table}
        className={classes.table}
        aria-label="Runs"
        aria-rowcount={rowCount + 1}
        data-testid="runs-table"
        style={{ width, ...widthVariables(placed) }}
      >
        <colgroup>
          <col style={{ width: SELECT_WIDTH }} />
          {placed.map(({ column }, place) => (
            <col key={column.id} style={{ width: `var(--width-${place})` }} />
          ))}
          <col style={{ width: menuWidth }} />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th data-pinned style={{ left: 0 }}>
              <SelectAll selection={selection} totalCount={totalCount} />
            </th>
            {placed.map((each, place) => (
              <ColumnHead
                key={each.column.id}
                placed={each}
                place={place}
                sort={sort}
                onSort={isGrouped && !sortsGroups(each.column) ? null : onSort}
                onDrawWidth={drawWidth}
                onWidth={onWidth}
              />
            ))}
            <th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} columns={span} />
          {shown.map(({ index }) => {
            const item = items[index]
            if (!item) return null
            const place = { index: index + 2, columns: placed }
            if (item.kind === 'group') return <GroupRow key={item.key} item={item} {...place} nameOf={nameOfShared} onOpen={onOpenGroup} />
            if (item.kind === 'rest') return <RestRow key={item.key} item={item} index={place.index} span={span} />
            return (
              <RunsTableRow
                key={item.key}
                id={item.id}
                {...place}
                asked={asked}
                selection={selection}
                onTick={tick}
                actions={actions}
                isInside={item.isInside}
              />
            )
          })}
          <Spacer height={after} columns={span} />
        </tbody>
      </table>
    </section>
  )
})

/** Groups are ordered by what they have in common, by their number of runs, and by what sums up a metric. */
const sortsGroups = ({ id, metric }: RunColumn) => id === 'name' || id === COUNT || metric !== null

type Placed = ReturnType<typeof layoutColumns>['placed']

function widthVariables(placed: Placed): Record<string, string> {
  return Object.fromEntries(
    placed.flatMap(({ width, left }, place) => [
      [`--width-${place}`, `${width}px`],
      ...(left === null ? [] : [[`--left-${place}`, `${left}px`]]),
    ]),
  )
}

/** Measures how wide an element is. */
function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    setRoom(element.current.clientWidth)
    return () => observer.disconnect()
  }, [element])
  return room
}

/** Takes the place of the rows out of sight. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td className={classes.spacer} colSpan={columns} style={{ height }} />
    </tr>
  )
}
