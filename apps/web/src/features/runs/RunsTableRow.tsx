'use client'

import { memo } from 'react'
import { useRunRow } from '../../entities/run/useRunRow'
import type { RunRowActions } from './RunMenu'
import classes from './RunsTable.module.css'
import { type RunTableRow, runColumns } from './runColumns'

export interface RunsTableRowProps {
  readonly row: RunTableRow
  readonly index: number
  readonly height: number
  readonly isSelected: boolean
  readonly actions: RunRowActions
}

/** Shows one run of the table, and follows it by itself: what changes elsewhere does not concern it. */
export const RunsTableRow = memo(function RunsTableRow({ row, index, height, isSelected, actions }: RunsTableRowProps) {
  const run = useRunRow(row.id)
  return (
    <tr className={classes.row} style={{ height }} aria-rowindex={index} data-selected={isSelected || undefined} data-run={row.id}>
      {runColumns.map(({ id, meta }) => (
        <td key={id} data-align={meta?.align} data-column={id}>
          {run ? meta?.render(run, row, actions) : null}
        </td>
      ))}
    </tr>
  )
})
