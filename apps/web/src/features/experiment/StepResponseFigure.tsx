'use client'

import { useMemo } from 'react'
import { stepTicks } from '../../entities/analysis/stepTicks'
import { runColour } from '../../entities/run/runColour'
import type { FigureTable } from '../../ui/FigureSource'
import { LineChart } from '../../ui/LineChart'
import classes from './ChartBesideTable.module.css'
import type { FigureProps } from './FigureProps'
import type { MeasuredRuns } from './measuredRuns'
import { RunsTable } from './RunsTable'

/** Draws for each run what is left of steps along the curve and of steps across it, by their length, beside the shortest steps in numbers. */
export function StepResponseFigure({ runs, analyses }: FigureProps) {
  const rows = useMemo(() => stepResponses({ runs, analyses }), [runs, analyses])
  const series = useMemo(
    () =>
      rows.flatMap(({ run, lengths, along, across }) => {
        const name = run.label ?? run.name
        const points = (answered: readonly number[]) => lengths.map((x, index) => ({ x, y: answered[index] ?? Number.NaN }))
        const line = { colour: runColour(run.number), draw: 'both' as const }
        return [
          { ...line, id: `${run.id} along`, label: `${name}, along`, dash: [5, 3], points: points(along) },
          { ...line, id: `${run.id} across`, label: `${name}, across`, points: points(across) },
        ]
      }),
    [rows],
  )
  const xAxis = useMemo(() => stepTicks(rows[0]?.lengths ?? []), [rows])
  return (
    <div className={classes.root}>
      <LineChart
        series={series}
        scale="linear"
        xLabel="Length of the step"
        yLabel="Share left in the reconstruction"
        xAxis={xAxis}
        height={320}
        emptyText="Steps are measured once a run has finished its last epoch"
      />
      {rows.length > 0 && (
        <RunsTable
          label="Shares of the shortest steps"
          columns={[`Along, steps of ${rows[0]?.lengths[0]}`, 'Across', 'Across over along'].map((title) => ({
            title,
            term: 'step-response',
          }))}
          rows={rows.map(({ run, along: [along = 0], across: [across = 0] }) => ({
            run,
            cells: [along.toFixed(3), across.toFixed(3), along > 0 ? `${(across / along).toFixed(2)} ×` : '–'],
          }))}
        />
      )}
    </div>
  )
}

function stepResponses({ runs, analyses }: MeasuredRuns) {
  return runs.flatMap((run) => {
    const response = analyses.get(run.id)?.stepResponse
    return response ? [{ run, ...response }] : []
  })
}

/** Lists what is left of every step. */
export function stepResponseTable(measured: MeasuredRuns): FigureTable {
  return {
    columns: ['run', 'label', 'length of the step', 'along', 'across'],
    rows: stepResponses(measured).flatMap(({ run, lengths, along, across }) =>
      lengths.map((length, index) => [run.number, run.label, length, along[index] ?? null, across[index] ?? null]),
    ),
  }
}
