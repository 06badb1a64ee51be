import { measurementTerm } from '@hourglass/autoencoders'
import Link from 'next/link'
import { RECONSTRUCTIONS } from '../../data/shownColumns'
import { durationHint, RunDuration } from '../../entities/run/RunDuration'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import { runColour } from '../../entities/run/runColour'
import { Age } from '../../ui/Age'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { CurveCell } from './CurveCell'
import { Flash } from './Flash'
import { ReconstructionsCell } from './ReconstructionsCell'
import type { RunColumn } from './RunColumn'
import { RunMarks } from './RunMarks'
import classes from './RunsTable.module.css'

type OwnColumn = Omit<RunColumn, 'id' | 'isAsked' | 'metric'>

/** Columns that show what every row has in a way of their own: by the key that they stand for, or by what they draw. */
export const ownColumns: Readonly<Record<string, OwnColumn>> = {
  name: {
    title: 'Run',
    width: 220,
    sortsFirst: 'ASC',
    render: (run) => (
      <Link href={`/runs/${encodeURIComponent(run.id)}`} className={classes.name} prefetch={false} title={run.name}>
        <span className={classes.dot} style={{ background: runColour(run.number) }} aria-hidden="true" />
        <span className={classes.number}>#{run.number}</span>
        <span className={classes.nameText}>{run.name}</span>
        <RunMarks run={run} />
      </Link>
    ),
  },
  status: { title: 'Status', width: 158, sortsFirst: 'ASC', render: (run) => <RunStatusLabel run={run} /> },
  dataset: { title: 'Data set', width: 86, term: 'data-set', sortsFirst: 'ASC', render: (run) => run.dataset?.title ?? '–' },
  configuration: {
    title: 'Configuration',
    width: 150,
    sortsFirst: null,
    render: ({ outline, configProblem }) => (
      <span className={classes.config} title={outline ?? configProblem ?? undefined}>
        {outline ?? configProblem ?? '–'}
      </span>
    ),
  },
  'metric.trainLoss': {
    title: 'Train',
    width: 88,
    align: 'right',
    unit: 'loss',
    term: measurementTerm('trainLoss'),
    sortsFirst: 'ASC',
    render: (run) => <Flash>{formatLoss(run.summary.trainLoss)}</Flash>,
  },
  'metric.validationLoss': {
    title: 'Validation',
    width: 88,
    align: 'right',
    unit: 'loss',
    term: measurementTerm('validationLoss'),
    hint: 'On validation examples after the newest epoch; on test examples where none are held out. Of runs that minimize more than their error, all that they minimize.',
    sortsFirst: 'ASC',
    render: (run) => (
      <b className={classes.figure}>
        <Flash>{formatLoss(run.summary.validationLoss)}</Flash>
      </b>
    ),
  },
  curve: { title: 'Curve', width: 104, sortsFirst: null, render: (run) => <CurveCell curve={run.curve} colour={runColour(run.number)} /> },
  [RECONSTRUCTIONS]: {
    title: 'Reconstructions',
    width: 132,
    term: 'reconstruction',
    hint: 'Of the first test images, after the newest epoch.',
    sortsFirst: null,
    render: (_, { reconstructions }) => <ReconstructionsCell reconstructions={reconstructions} />,
  },
  'metric.imagesPerSecond': {
    title: 'Speed',
    width: 84,
    align: 'right',
    unit: 'examples/s',
    term: measurementTerm('imagesPerSecond'),
    sortsFirst: 'DESC',
    render: (run) => formatSpeed((run.status === 'RUNNING' ? run.progress?.imagesPerSecond : null) ?? run.summary.imagesPerSecond),
  },
  time: {
    title: 'Time',
    width: 100,
    align: 'right',
    term: 'time',
    hint: durationHint,
    sortsFirst: null,
    render: (run) => <RunDuration run={run} />,
  },
  created: { title: 'Launched', width: 92, align: 'right', sortsFirst: 'DESC', render: (run) => <Age at={run.createdAt} short /> },
  tag: { title: 'Tags', width: 140, sortsFirst: 'ASC', render: ({ tags }) => (tags.length > 0 ? tags.join(', ') : '–') },
}

/** What tables can draw that no key stands for. */
export const drawnColumns = ['configuration', 'curve', RECONSTRUCTIONS, 'time'] as const

function formatSpeed(imagesPerSecond: number | null): string {
  return imagesPerSecond === null ? '–' : formatCount(imagesPerSecond)
}
