'use client'

import { memo } from 'react'
import { useRunRow } from '../../entities/run/useRunRow'
import type { PlacedColumn } from './layoutColumns'
import type { RowSelection } from './RowSelection'
import { RunMenu, type RunRowActions } from './RunMenu'
import classes from './RunsTable.module.css'
import { TickBox } from './TickBox'
import { useIsSelected } from './useRowSelection'
import { useRunValues } from './useRunValues'

export interface RunsTableRowProps {
  readonly id: string
  /** Of the table, which counts the head as the first. */
  readonly index: number
  readonly columns: readonly PlacedColumn[]
  /** Names of the keys that the API was asked for. */
  readonly asked: readonly string[]
  readonly selection: RowSelection
  readonly onTick: (id: string, isRange: boolean) => void
  readonly actions: RunRowActions
  /** Whether it stands in a group. */
  readonly isInside?: boolean
}

/** Shows one run of the table, and follows it by itself: what changes elsewhere does not concern it. */
export const RunsTableRow = memo(function RunsTableRow({
  id,
  index,
  columns,
  asked,
  selection,
  onTick,
  actions,
  isInside,
}: RunsTableRowProps) {
  const run = useRunRow(id)
  const values = useRunValues(id, asked)
  const isSelected = useIsSelected(selection, id)
  return (
    <tr
      className={classes.row}
      aria-rowindex={index}
      data-selected={isSelected || undefined}
      data-run={id}
      data-inside={isInside || undefined}
    >
      <td data-column="select" data-pinned style={{ left: 0 }}>
        {run ? <TickBox label={`Select ${run.name}`} checked={isSelected} onTick={(isRange) => onTick(id, isRange)} /> : null}
      </td>
      {columns.map(({ column, left }, place) => (
        <td
          key={column.id}
          data-align={column.align}
          data-column={column.id}
          data-pinned={left === null ? undefined : true}
          style={left === null ? undefined : { left: `var(--left-${place})` }}
        >
          {run ? column.render(run, values) : null}
        </td>
      ))}
      <td data-column="menu" data-align="right">
        {run ? (
          <span className={classes.above}>
            <RunMenu run={run} {...actions} />
          </span>
        ) : null}
      </td>
    </tr>
  )
})
