import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import Link from 'next/link'
import type { StorageQuery } from '../../data/generated/graphql'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import classes from './RunUsageTable.module.css'
import type { StorageOrder } from './storageView'

export type RunUsage = StorageQuery['storage']['runs']['nodes'][number]

interface RunUsageTableProps {
  readonly rows: readonly RunUsage[]
  readonly sort: StorageOrder
  readonly descending: boolean
  readonly onSort: (sort: StorageOrder, descending: boolean) => void
  readonly selected: readonly string[]
  readonly onSelect: (ids: readonly string[]) => void
}

const columns = [
  { order: 'NUMBER', label: 'Run', align: 'left' },
  { order: 'FILES', label: 'Files', align: 'right' },
  { order: 'BYTES', label: 'Size', align: 'right' },
] as const satisfies readonly { order: StorageOrder; label: string; align: string }[]

/** Lists runs with what their files take. */
export function RunUsageTable({ rows, sort, descending, onSort, selected, onSelect }: RunUsageTableProps) {
  const ids = rows.map(({ run }) => run.id)
  const chosen = new Set(selected)
  const all = ids.length > 0 && ids.every((id) => chosen.has(id))
  return (
    <table className={classes.table} data-testid="storage-runs">
      <thead>
        <tr>
          <th className={classes.select}>
            <Checkbox
              size="xs"
              aria-label="Select all runs of this page"
              checked={all}
              indeterminate={!all && ids.some((id) => chosen.has(id))}
              onChange={() => onSelect(all ? [] : ids)}
            />
          </th>
          {columns.map(({ order, label, align }) => (
            <th
              key={order}
              scope="col"
              data-align={align}
              data-column={order}
              aria-sort={sort === order ? (descending ? 'descending' : 'ascending') : 'none'}
            >
              <UnstyledButton className={classes.sort ?? ''} onClick={() => onSort(order, sort === order ? !descending : true)}>
                {label}
                {sort === order && (descending ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
              </UnstyledButton>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ run, files, bytes }) => (
          <tr key={run.id} data-selected={chosen.has(run.id) || undefined}>
            <td>
              <Checkbox
                size="xs"
                aria-label={`Select ${run.name}`}
                checked={chosen.has(run.id)}
                onChange={() => onSelect(chosen.has(run.id) ? selected.filter((id) => id !== run.id) : [...selected, run.id])}
              />
            </td>
            <th scope="row">
              <Link href={`/runs/${run.id}?tab=files`} className={classes.name}>
                <span className={classes.number}>#{run.number}</span> {run.name}
              </Link>
              <span className={classes.status}>
                <RunStatusMark status={run.status} />
              </span>
            </th>
            <td data-align="right">{formatCount(files)}</td>
            <td data-align="right">{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
