'use client'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../../data/generated/graphql'
import { stepTicks } from '../../../entities/analysis/stepTicks'
import { runColour } from '../../../entities/run/runColour'
import { LineChart } from '../../../ui/LineChart'
import type { AnalysisFigure } from '../AnalysisFigure'

type StepResponse = NonNullable<AnalysisFieldsFragment['stepResponse']>

interface StepResponseChartProps {
  readonly response: StepResponse
  /** Of the run, which decides its colour. */
  readonly number: number
}

/** Draws what is left of steps along and across the curve by their length. */
function StepResponseChart({ response: { lengths, along, across }, number }: StepResponseChartProps) {
  const series = useMemo(() => {
    const points = (answered: readonly number[]) => lengths.map((x, index) => ({ x, y: answered[index] ?? Number.NaN }))
    return [
      { id: 'along', label: 'Along the curve', colour: 'var(--hg-muted)', dash: [5, 3], draw: 'both' as const, points: points(along) },
      { id: 'across', label: 'Across it', colour: runColour(number), draw: 'both' as const, points: points(across) },
    ]
  }, [lengths, along, across, number])
  const xAxis = useMemo(() => stepTicks(lengths), [lengths])
  return <LineChart series={series} scale="linear" xLabel="Length of the step" yLabel="Share left" xAxis={xAxis} height={260} />
}

/** Shows how much less a reconstruction answers to steps off the curve than to steps along it. */
export const stepResponse: AnalysisFigure = {
  title: 'Steps along and across',
  note: 'How far the reconstruction moves when a point of the curve moves along it, or off it at a right angle, as a share of the step; 0 is no answer',
  table: ({ stepResponse: response }) => ({
    columns: ['length of the step', 'along', 'across'],
    rows: (response?.lengths ?? []).map((length, index) => [length, response?.along[index] ?? null, response?.across[index] ?? null]),
  }),
  draw: ({ run, analysis: { stepResponse: response } }) =>
    response ? <StepResponseChart response={response} number={run.number} /> : null,
}
