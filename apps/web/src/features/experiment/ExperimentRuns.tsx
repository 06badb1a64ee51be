import Link from 'next/link'
import type { ExperimentRun } from '../../entities/experiment/useExperiment'
import { againstPca } from '../../entities/run/pcaBaseline'
import { durationHint, RunDuration } from '../../entities/run/RunDuration'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import { runColour } from '../../entities/run/runColour'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import classes from './ExperimentRuns.module.css'

interface ExperimentRunsProps {
  readonly runs: readonly ExperimentRun[]
}

/** Lists an experiment's runs with their states and results. */
export function ExperimentRuns({ runs }: ExperimentRunsProps) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Runs of the experiment">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Status</th>
            <th scope="col" data-align="right">
              Test MSE
            </th>
            <th scope="col" data-align="right">
              PCA
            </th>
            <th scope="col" data-align="right">
              Against PCA
            </th>
            <th scope="col" data-align="right">
              Parameters
            </th>
            <th scope="col" data-align="right" title={durationHint}>
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const { id, number, label, name, summary, pcaBaseline, parameterCount } = run
            const error = summary.validationMeanSquaredError
            return (
              <tr key={id} data-run={id}>
                <th scope="row">
                  <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.name} prefetch={false}>
                    <span className={classes.dot} style={{ background: runColour(number) }} aria-hidden />
                    <span className={classes.number}>#{number}</span>
                    {label ?? name}
                  </Link>
                </th>
                <td>
                  <RunStatusLabel run={run} />
                </td>
                <td data-align="right">{formatLoss(error)}</td>
                <td data-align="right">{formatLoss(pcaBaseline?.meanSquaredError)}</td>
                <td data-align="right">{againstPca(error, pcaBaseline)}</td>
                <td data-align="right">{parameterCount === null ? '–' : formatCount(parameterCount)}</td>
                <td data-align="right">
                  <RunDuration run={run} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
