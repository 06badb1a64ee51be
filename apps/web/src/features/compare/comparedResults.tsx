import { epochCatalog, latentDimensionOf, type Measurement, metricCatalog } from '@hourglass/autoencoders'
import type { ReactNode } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { titleOf } from '../../entities/metric/measuredTitle'
import { durationHint, RunDuration } from '../../entities/run/RunDuration'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import type { TitledTerm } from '../../ui/TermTitle'

/** A row of the comparison. */
export interface Result extends TitledTerm {
  readonly id: string
  readonly show: (run: ComparedRun) => ReactNode
  /** Rows that apply to no run are left out. */
  readonly applies?: (run: ComparedRun) => boolean
}

export interface ResultGroup {
  readonly title: string
  readonly results: readonly Result[]
}

const losses = epochCatalog.filter(({ role }) => role === 'loss')
const others = epochCatalog.filter(({ role }) => role !== 'loss')

/** What came of runs: of their latest epochs, and what the completed ones were measured with. */
export const resultGroups: readonly ResultGroup[] = [
  {
    title: 'Results',
    results: [
      { id: 'status', title: 'Status', show: (run) => <RunStatusLabel run={run} /> },
      ...losses.map((row) => ({
        ...measuredResult(row, ({ summary }) => summary[row.id]),
        ...(row.id === 'validationLoss' ? { title: 'Validation loss; test loss where none are held out' } : {}),
      })),
      {
        id: 'bestValidationLoss',
        title: 'Best validation loss',
        term: 'best-epoch',
        applies: ({ summary }) => summary.bestEpoch !== null,
        show: ({ summary }) => (summary.bestEpoch === null ? '–' : `${formatLoss(summary.bestValidationLoss)} at ${summary.bestEpoch}`),
      },
      // What the epochs took is the time below.
      ...others
        .filter(({ id }) => id !== 'seconds')
        .map((row): Result => {
          const read = ({ summary }: ComparedRun) => summary[row.id]
          return { ...measuredResult(row, read), applies: (run) => read(run) !== null }
        }),
      {
        id: 'parameters',
        title: 'Parameters',
        term: 'parameters',
        show: ({ parameterCount }) => (parameterCount === null ? '–' : formatCount(parameterCount)),
      },
      { id: 'time', title: 'Time', definition: `${durationHint}.`, term: 'time', show: (run) => <RunDuration run={run} /> },
    ],
  },
  {
    title: 'On test data, after the last epoch',
    results: metricCatalog.map((row): Result => {
      const read = ({ summary }: ComparedRun) => summary.test?.[row.id] ?? null
      return { ...measuredResult(row, read), id: `test.${row.id}`, applies: (run) => read(run) !== null }
    }),
  },
]

function measuredResult(row: Measurement, read: (run: ComparedRun) => number | null): Result {
  return {
    id: row.id,
    ...titleOf(row),
    show: (run) => formatMeasured(read(run), row, unitsOf(run)),
  }
}

function unitsOf({ config, dataset }: ComparedRun): number {
  return latentDimensionOf(readRunConfig(config).architecture, dataset.exampleShape)
}
