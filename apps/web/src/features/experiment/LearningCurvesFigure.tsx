'use client'

import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { lossWord, scoredLoss, scoredTogether, scoredWord } from '../../entities/metric/scoredOn'
import { useComparedRuns } from '../../entities/run/useComparedRuns'
import { formatCount, formatDuration, formatLoss } from '../../ui/formatQuantity'
import { ChartBesideTable } from './ChartBesideTable'
import type { FigureProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { curveTable, type LearningCurve, learningCurves } from './learningCurves'
import { logTicks } from './logTicks'
import { measuredTitle } from './measuredTitle'

/** Draws what each run minimizes over the steps that it took, whose numbers may be far apart, and says what they came to. */
export function LearningCurvesFigure({ runs }: FigureProps) {
  const { runs: compared } = useComparedRuns(
    useMemo(() => runs.map(({ id }) => id), [runs]),
    { maxPoints: null },
  )
  const curves = useMemo(() => learningCurves(runs, compared), [runs, compared])
  const configs = useMemo(() => runs.map(({ config }) => readRunConfig(config)), [runs])
  const lossTitle = scoredLoss(configs)
  const drawn = useMemo(
    () => curves.map(({ run, points }) => ({ run, points: points.map(({ step, validationLoss }) => ({ x: step, y: validationLoss })) })),
    [curves],
  )
  const xAxis = useMemo(() => {
    const steps = curves.flatMap(({ points }) => points.map(({ step }) => step))
    return { scale: 'log' as const, ticks: logTicks(Math.min(...steps), Math.max(...steps)) }
  }, [curves])
  return (
    <>
      {curves.map((curve) => (
        <CurveNumbers key={curve.run.id} curve={curve} />
      ))}
      <ChartBesideTable
        drawn={drawn}
        draw="both"
        chart={{ xLabel: 'Steps', yLabel: lossTitle, xAxis, emptyText: 'Curves begin with the first finished epoch' }}
        table={{
          label: 'What the runs came to',
          columns: [
            { title: 'Steps', term: 'step' },
            { title: 'Time', term: 'time' },
            measuredTitle('trainLoss', `Training ${lossWord(configs)}`),
            measuredTitle('validationLoss', lossTitle),
            measuredTitle('validationMeanSquaredError', `${scoredWord(scoredTogether(configs))} MSE`),
          ],
          rows: curves.map(({ run, points }) => {
            const last = points.at(-1)
            return {
              run,
              cells: [
                last ? formatCount(last.step) : '–',
                last ? formatDuration(last.seconds) : '–',
                formatLoss(last?.trainLoss),
                formatLoss(last?.validationLoss),
                formatLoss(last?.validationMeanSquaredError),
              ],
            }
          }),
        }}
      />
    </>
  )
}

/** Leaves the numbers of a curve for the figure's download; the chart draws all of them together. */
function CurveNumbers({ curve }: { readonly curve: LearningCurve }) {
  useRowNumbers(
    curve.run.id,
    useMemo(() => () => curveTable(curve), [curve]),
  )
  return null
}
