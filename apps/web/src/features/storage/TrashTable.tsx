import { Button, Group, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { Age } from '../../ui/Age'
import classes from './TrashTable.module.css'

export interface Trashed {
  readonly id: string
  readonly name: string
  /** Stands before the name. */
  readonly number?: number
  /** Stands after the name. */
  readonly note?: string | null
  readonly deletedAt: string | null
}

interface TrashTableProps {
  /** What the rows are. */
  readonly title: string
  readonly rows: readonly Trashed[]
  readonly testId: string
  readonly isRestoring: boolean
  readonly onRestore: (id: string) => void
  /** What else can be done with a row. */
  readonly renderActions?: (row: Trashed) => ReactNode
}

/** Lists what lies in the trash, and brings it back. */
export function TrashTable({ title, rows, testId, isRestoring, onRestore, renderActions }: TrashTableProps) {
  return (
    <table className={classes.table} data-testid={testId}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Deleted</th>
          <th scope="col">
            <VisuallyHidden>Restore</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              {row.number === undefined ? null : <span className={classes.faint}>#{row.number} </span>}
              {row.name}
              {row.note ? <span className={classes.faint}> {row.note}</span> : null}
            </th>
            <td>{row.deletedAt ? <Age at={row.deletedAt} /> : '–'}</td>
            <td data-align="right">
              <Group gap={6} justify="flex-end" wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={isRestoring}
                  aria-label={`Restore ${row.name}`}
                  onClick={() => onRestore(row.id)}
                >
                  Restore
                </Button>
                {renderActions?.(row)}
              </Group>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
