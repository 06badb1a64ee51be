import { epochMetricCatalog } from '@hourglass/autoencoders'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { configDescription, readRunConfig } from '../../data/readRunConfig'
import { allExamples } from '../../entities/metric/allExamples'
import { RunDuration } from '../../entities/run/RunDuration'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { runColour } from '../../ui/runColour'
import classes from './ComparisonTable.module.css'
import { configDifferences } from './configDifferences'

export interface ComparisonTableProps {
  readonly runs: readonly ComparedRun[]
  readonly onRemove: (id: string) => void
}

interface Result {
  readonly title: string
  readonly hint?: string
  readonly show: (run: ComparedRun) => ReactNode
  /** Rows that apply to no run are left out. */
  readonly applies?: (run: ComparedRun) => boolean
}

const results: readonly Result[] = [
  { title: 'Status', show: (run) => <RunStatusLabel run={run} /> },
  { title: 'Validation loss', show: ({ summary }) => formatLoss(summary.validationLoss) },
  {
    title: 'Best validation loss',
    show: ({ summary }) => (summary.bestEpoch === null ? '–' : `${formatLoss(summary.bestValidationLoss)} at ${summary.bestEpoch}`),
  },
  { title: 'Training loss', show: ({ summary }) => formatLoss(summary.trainLoss) },
  { title: 'Reconstruction MSE', show: ({ summary }) => formatLoss(summary.validationMeanSquaredError) },
  ...epochMetricCatalog.map(
    ({ id, title, unit, description, formula }): Result => ({
      title: unit ? `${title} (${unit})` : title,
      hint: `${description} ${formula}`,
      show: ({ summary }) => formatLoss(summary[id]),
      applies: ({ summary }) => summary[id] !== null,
    }),
  ),
  { title: 'Parameters', show: ({ parameterCount }) => (parameterCount === null ? '–' : formatCount(parameterCount)) },
  { title: 'Time', show: (run) => <RunDuration run={run} /> },
  { title: 'Images/s', show: ({ summary }) => (summary.imagesPerSecond === null ? '–' : formatCount(summary.imagesPerSecond)) },
]

/** Puts runs side by side: what differs in their configurations, and what came of it. */
export function ComparisonTable({ runs, onRemove }: ComparisonTableProps) {
  const differences = configDifferences(
    configDescription,
    runs.map(({ config, dataset }) => ({ config: readRunConfig(config), whenEmpty: allExamples(dataset) })),
  )
  const shown = results.filter(({ applies }) => !applies || runs.some(applies))
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Comparison">
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.corner}>Run</span>
            </th>
            {runs.map(({ id, number, name }) => (
              <th key={id} scope="col">
                <span className={classes.run}>
                  <span className={classes.dot} style={{ background: runColour(number) }} aria-hidden="true" />
                  <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.name}>
                    #{number} {name}
                  </Link>
                  <button type="button" className={classes.remove} aria-label={`Take ${name} out`} onClick={() => onRemove(id)}>
                    ×
                  </button>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={classes.group}>
            <th scope="rowgroup" colSpan={runs.length + 1}>
              Results
            </th>
          </tr>
          {shown.map(({ title, hint, show }) => (
            <tr key={title}>
              <th scope="row" title={hint}>
                {title}
              </th>
              {runs.map((run) => (
                <td key={run.id}>{show(run)}</td>
              ))}
            </tr>
          ))}
          <tr className={classes.group}>
            <th scope="rowgroup" colSpan={runs.length + 1}>
              {differences.length > 0
                ? 'What differs'
                : runs.length > 1
                  ? 'The configurations are the same'
                  : 'Add another run to see what differs'}
            </th>
          </tr>
          {differences.map(({ path, title, values }) => (
            <tr key={path}>
              <th scope="row">{title}</th>
              {runs.map(({ id }, index) => (
                <td key={id}>{values[index] ?? <span className={classes.none}>–</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
