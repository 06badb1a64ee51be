import Link from 'next/link'
import type { StorageQuery } from '../../data/generated/graphql'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import classes from './RunUsageTable.module.css'

interface ExperimentUsageTableProps {
  readonly rows: StorageQuery['storage']['experiments']['nodes']
}

/** Lists experiments with what the files of their runs take together. */
export function ExperimentUsageTable({ rows }: ExperimentUsageTableProps) {
  return (
    <table className={classes.table} data-testid="storage-experiments">
      <thead>
        <tr>
          <th scope="col">Experiment</th>
          <th scope="col" data-align="right" data-column="FILES">
            Runs
          </th>
          <th scope="col" data-align="right" data-column="FILES">
            Files
          </th>
          <th scope="col" data-align="right" data-column="BYTES">
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ experiment, runs, files, bytes }) => (
          <tr key={experiment.id}>
            <th scope="row">
              <Link href={`/experiments/${experiment.id}`} className={classes.name}>
                {experiment.name}
              </Link>
            </th>
            <td data-align="right">{formatCount(runs)}</td>
            <td data-align="right">{formatCount(files)}</td>
            <td data-align="right">{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
