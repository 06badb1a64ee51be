import { subjectTerm } from '@hourglass/autoencoders'
import { VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { scoredWord } from '../../entities/metric/scoredOn'
import { againstPca, scoredError } from '../../entities/run/pcaBaseline'
import { durationHint, RunDuration } from '../../entities/run/RunDuration'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import { runColour } from '../../entities/run/runColour'
import { formatCount, formatLoss, formatNumber } from '../../ui/formatQuantity'
import { TermTitle } from '../../ui/TermTitle'
import classes from './ExperimentRuns.module.css'
import { experimentMetrics } from './experimentMetrics'
import { measuredTitle } from './measuredTitle'
import { metricOf, type RunGroup } from './replicates'
import { runsScored } from './runsScored'
import { TakeOutRun } from './TakeOutRun'
import type { ExperimentRun } from './useExperiment'

interface ExperimentRunsProps {
  readonly experimentId: string
  readonly groups: readonly RunGroup[]
  /** Ids of the runs that its search compares, which stay with it. */
  readonly searched: ReadonlySet<string>
}

/** Lists an experiment's runs with their states and results, those that differ in their seeds alone under what they are on average. */
export function ExperimentRuns({ experimentId, groups, searched }: ExperimentRunsProps) {
  const scored = runsScored(groups.flatMap(({ runs }) => runs))
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Runs of the experiment">
        <thead>
          <tr>
            <th scope="col">
              <TermTitle title="Run" term="run" />
            </th>
            <th scope="col">Status</th>
            <th scope="col" data-align="right">
              <TermTitle {...measuredTitle('validationMeanSquaredError', `${scoredWord(scored)} MSE`)} />
            </th>
            <th scope="col" data-align="right">
              <TermTitle title="PCA" term={subjectTerm('PCA')} />
            </th>
            <th scope="col" data-align="right">
              <TermTitle title="Against PCA" term="against-pca" />
            </th>
            <th scope="col" data-align="right">
              <TermTitle title="Parameters" term="parameters" />
            </th>
            <th scope="col" data-align="right" title={durationHint}>
              <TermTitle title="Time" term="time" />
            </th>
            <th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.runs[0]?.id}>
            {group.runs.length > 1 ? <GroupRow group={group} /> : null}
            {group.runs.map((run) => (
              <RunRow key={run.id} run={run} isMember={group.runs.length > 1}>
                {searched.has(run.id) ? null : <TakeOutRun experimentId={experimentId} run={run} />}
              </RunRow>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

const [scoredMetric] = experimentMetrics

/** Says what the runs of a group are on average, and how far they spread. */
function GroupRow({ group }: { readonly group: RunGroup }) {
  const sample = scoredMetric ? metricOf(group, scoredMetric) : null
  return (
    <tr className={classes.group} data-group={group.label}>
      <th scope="rowgroup">{group.label}</th>
      <td>
        {sample?.count ?? 0} of {group.runs.length} seeds
      </td>
      <td data-align="right" title="Mean ± standard deviation of completed runs">
        {formatLoss(sample?.mean)}
        {sample && sample.count > 1 ? ` ± ${formatNumber(sample.spread, 2)}` : ''}
      </td>
      <td colSpan={5} />
    </tr>
  )
}

interface RunRowProps {
  readonly run: ExperimentRun
  readonly isMember: boolean
  /** What can be done with it. */
  readonly children: ReactNode
}

/** Shows one run, set in where it is one of a group. */
function RunRow({ run, isMember, children }: RunRowProps) {
  const { id, number, label, name, summary, pcaBaseline, parameterCount } = run
  const error = summary.validationMeanSquaredError
  const pca = pcaBaseline && scoredError(pcaBaseline)
  return (
    <tr data-run={id} data-member={isMember || undefined}>
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
      <td data-align="right">{formatLoss(pca)}</td>
      <td data-align="right">{againstPca(error, pca, pcaBaseline)}</td>
      <td data-align="right">{parameterCount === null ? '–' : formatCount(parameterCount)}</td>
      <td data-align="right">
        <RunDuration run={run} />
      </td>
      <td data-align="right">{children}</td>
    </tr>
  )
}
