'use client'

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type Updater, useTable } from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { TermLink } from '../../ui/TermLink'
import type { RunRowActions } from './RunMenu'
import classes from './RunsTable.module.css'
import { RunsTableRow } from './RunsTableRow'
import { type RunId, runColumns, runTableFeatures } from './runColumns'

export const ROW_HEIGHT = 38
/** Besides those that are drawn below what is in sight. */
const ROWS_BEFORE_THE_END = 5

export interface RunsTableProps {
  readonly runs: readonly RunId[]
  readonly totalCount: number
  readonly selected: readonly string[]
  readonly onSelect: (ids: string[]) => void
  /** Name of the API's order and its direction. */
  readonly sort: { readonly field: string; readonly descending: boolean }
  readonly onSort: (field: string, descending: boolean) => void
  readonly onNearEnd: () => void
  readonly actions: RunRowActions
}

/** Shows runs as a table that scrolls with the page; only the rows in sight exist. */
export function RunsTable({ runs, totalCount, selected, onSelect, sort, onSort, onNearEnd, actions }: RunsTableProps) {
  const rowSelection = useMemo(() => Object.fromEntries(selected.map((id) => [id, true as const])), [selected])
  const sorting = useMemo(() => [{ id: sort.field, desc: sort.descending }], [sort.field, sort.descending])
  const table = useTable({
    features: runTableFeatures,
    columns: runColumns,
    data: runs as RunId[],
    getRowId: (run) => run.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { rowSelection, sorting },
    onRowSelectionChange: (updater) => onSelect(Object.keys(apply(updater, rowSelection))),
    onSortingChange: (updater) => {
      const [first] = apply(updater, sorting)
      if (first) onSort(first.id, first.desc)
    },
  })
  const rows = table.getRowModel().rows

  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (body.current) setTop(body.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtualizer.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastShown >= rows.length - ROWS_BEFORE_THE_END) onNearEnd()
  }, [lastShown, rows.length, onNearEnd])
  const before = (items[0]?.start ?? top) - top
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top)

  return (
    <table className={classes.table} aria-label="Runs" aria-rowcount={totalCount + 1} data-testid="runs-table">
      <colgroup>
        {table.getAllLeafColumns().map((column) => (
          <col key={column.id} style={{ width: column.columnDef.meta?.width }} />
        ))}
      </colgroup>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            {group.headers.map((header) => {
              const { column } = header
              const direction = column.getIsSorted()
              const { align, unit, term, hint } = column.columnDef.meta ?? {}
              const name = <table.FlexRender header={header} />
              const belowName = unit ? <span className={classes.unit}>{unit}</span> : null
              return (
                <th
                  key={header.id}
                  scope="col"
                  data-align={align}
                  title={hint}
                  aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {column.getCanSort() ? (
                    <>
                      <button type="button" className={classes.sort} onClick={column.getToggleSortingHandler()}>
                        {name}
                        {direction === 'asc' ? <IconArrowUp size={12} /> : null}
                        {direction === 'desc' ? <IconArrowDown size={12} /> : null}
                      </button>
                      {/* The heading orders the rows; what stands below it leads to the glossary. */}
                      {term && belowName ? <TermLink term={term}>{belowName}</TermLink> : belowName}
                    </>
                  ) : (
                    <>
                      {term ? <TermLink term={term}>{name}</TermLink> : name}
                      {belowName}
                    </>
                  )}
                </th>
              )
            })}
          </tr>
        ))}
      </thead>
      <tbody ref={body}>
        <Spacer height={before} columns={runColumns.length} />
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <RunsTableRow
              key={row.id}
              row={row}
              index={item.index + 2}
              height={ROW_HEIGHT}
              isSelected={row.getIsSelected()}
              actions={actions}
            />
          )
        })}
        <Spacer height={after} columns={runColumns.length} />
      </tbody>
    </table>
  )
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

function apply<State>(updater: Updater<State>, previous: State): State {
  return typeof updater === 'function' ? (updater as (old: State) => State)(previous) : updater
}
