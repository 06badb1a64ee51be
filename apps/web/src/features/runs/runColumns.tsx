import { measurementTerm } from '@hourglass/autoencoders'
import { Checkbox } from '@mantine/core'
import { createColumnHelper, metaHelper, rowSelectionFeature, rowSortingFeature, tableFeatures } from '@tanstack/react-table'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { durationHint, RunDuration } from '../../entities/run/RunDuration'
import { RunMarks } from '../../entities/run/RunMarks'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import { runColour } from '../../entities/run/runColour'
import type { RunRow } from '../../entities/run/useRunRow'
import { Age } from '../../ui/Age'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { CurveCell } from './CurveCell'
import { RunMenu, type RunRowActions } from './RunMenu'
import classes from './RunsTable.module.css'

/** What the table holds of a run; each row reads the rest. */
export interface RunId {
  readonly id: string
}

interface ColumnMeta {
  readonly render: (run: RunRow, row: RunTableRow, actions: RunRowActions) => ReactNode
  /** CSS width; the rest is for the columns without one. */
  readonly width?: string
  readonly align?: 'right'
  /** Unit under a heading of figures. */
  readonly unit?: string
  /** Of the glossary. */
  readonly term?: string
  /** What the column is, on hover. */
  readonly hint?: string
}

/** What a cell needs of its row in the table. */
export interface RunTableRow {
  readonly id: string
  readonly getIsSelected: () => boolean
  readonly getToggleSelectedHandler: () => (event: unknown) => void
}

export const runTableFeatures = tableFeatures({ rowSelectionFeature, rowSortingFeature, columnMeta: metaHelper<ColumnMeta>() })

const column = createColumnHelper<typeof runTableFeatures, RunId>()
const noHeading = () => null

/** The columns of the table of runs. Those that the API can order have its name of the order as id. */
export const runColumns = column.columns([
  column.display({
    id: 'select',
    header: noHeading,
    meta: {
      width: '30px',
      render: (run, row) => (
        <Checkbox
          size="xs"
          aria-label={`Select ${run.name}`}
          checked={row.getIsSelected()}
          onChange={row.getToggleSelectedHandler()}
          className={classes.above}
        />
      ),
    },
  }),
  column.accessor('id', {
    id: 'NAME',
    header: 'Run',
    sortDescFirst: false,
    meta: {
      width: '20.5%',
      render: (run) => (
        <Link href={`/runs/${encodeURIComponent(run.id)}`} className={classes.name} prefetch={false}>
          <span className={classes.dot} style={{ background: runColour(run.number) }} aria-hidden="true" />
          <span className={classes.number}>#{run.number}</span>
          <span className={classes.nameText} title={run.name}>
            {run.name}
          </span>
          <RunMarks run={run} />
        </Link>
      ),
    },
  }),
  column.accessor('id', {
    id: 'STATUS',
    header: 'Status',
    sortDescFirst: false,
    meta: { width: '158px', render: (run) => <RunStatusLabel run={run} /> },
  }),
  column.display({
    id: 'dataset',
    header: 'Dataset',
    meta: { width: '86px', term: 'data-set', render: (run) => run.dataset?.title ?? '–' },
  }),
  column.display({
    id: 'config',
    header: 'Configuration',
    meta: {
      render: ({ outline, configProblem }) => (
        <span className={classes.config} title={outline ?? configProblem ?? undefined}>
          {outline ?? configProblem ?? '–'}
        </span>
      ),
    },
  }),
  column.display({
    id: 'trainLoss',
    header: 'Train',
    meta: {
      width: '88px',
      align: 'right',
      unit: 'loss',
      term: measurementTerm('trainLoss'),
      render: (run) => formatLoss(run.summary.trainLoss),
    },
  }),
  column.accessor('id', {
    id: 'VALIDATION_LOSS',
    header: 'Validation',
    sortDescFirst: false,
    meta: {
      width: '88px',
      align: 'right',
      unit: 'loss',
      term: measurementTerm('validationLoss'),
      hint: 'On validation examples after the newest epoch; on test examples where none are held out.',
      render: (run) => <b className={classes.figure}>{formatLoss(run.summary.validationLoss)}</b>,
    },
  }),
  column.display({
    id: 'curve',
    header: 'Curve',
    meta: { width: '92px', render: (run) => <CurveCell curve={run.curve} colour={runColour(run.number)} /> },
  }),
  column.display({
    id: 'speed',
    header: 'Speed',
    meta: {
      width: '80px',
      align: 'right',
      unit: 'examples/s',
      term: measurementTerm('imagesPerSecond'),
      render: (run) => formatSpeed((run.status === 'RUNNING' ? run.progress?.imagesPerSecond : null) ?? run.summary.imagesPerSecond),
    },
  }),
  column.display({
    id: 'duration',
    header: 'Time',
    meta: { width: '88px', align: 'right', term: 'time', hint: durationHint, render: (run) => <RunDuration run={run} /> },
  }),
  column.accessor('id', {
    id: 'CREATED_AT',
    header: 'Launched',
    sortDescFirst: true,
    meta: { width: '80px', align: 'right', render: (run) => <Age at={run.createdAt} short /> },
  }),
  column.display({
    id: 'menu',
    header: noHeading,
    meta: {
      width: '40px',
      align: 'right',
      render: (run, _row, actions) => (
        <span className={classes.above}>
          <RunMenu run={run} {...actions} />
        </span>
      ),
    },
  }),
])

function formatSpeed(imagesPerSecond: number | null): string {
  return imagesPerSecond === null ? '–' : formatCount(imagesPerSecond)
}
