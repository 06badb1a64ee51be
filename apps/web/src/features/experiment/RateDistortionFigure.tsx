'use client'

import { useMemo } from 'react'
import type { RateCurve } from '../../entities/analysis/analysisTables'
import { rateTicks } from '../../entities/analysis/rateTicks'
import { runColour } from '../../entities/run/runColour'
import { type ChartSeries, LineChart } from '../../ui/LineChart'
import type { FigureProps } from './FigureProps'

/** Draws how good images are by what a pixel of them costs: a line for each run, PCA's of the same sizes, and JPEG's. */
export function RateDistortionFigure({ runs, analyses }: FigureProps) {
  const measured = useMemo(
    () =>
      runs.flatMap((run) => {
        const curves = analyses.get(run.id)?.rateDistortion ?? []
        return curves.length > 0 ? [{ run, curves }] : []
      }),
    [runs, analyses],
  )
  const series = useMemo(() => {
    const models = measured.flatMap(({ run, curves }) => [
      line(curves, 'MODEL', { id: run.id, label: run.label ?? run.name, colour: runColour(run.number) }),
      line(curves, 'PCA', { id: `${run.id} pca`, label: `PCA, ${run.label ?? run.name}`, colour: runColour(run.number), dash: [4, 3] }),
    ])
    // JPEG knows nothing of models: all runs that look at the same images have the same curve.
    const datasets = [...new Map(measured.map((each) => [each.run.dataset.id, each])).values()]
    const jpeg = datasets.map(({ run: { dataset }, curves }, index) =>
      line(curves, 'JPEG', {
        id: `jpeg ${dataset.id}`,
        label: datasets.length > 1 ? `JPEG, ${dataset.title}` : 'JPEG',
        colour: index === 0 ? 'var(--hg-text)' : 'var(--hg-faint)',
        dash: [2, 3],
      }),
    )
    return [...models, ...jpeg]
  }, [measured])
  const xAxis = useMemo(() => {
    const rates = series.flatMap(({ points }) => points.map(({ x }) => x)).filter((rate) => rate > 0)
    return { scale: 'log' as const, ticks: rateTicks(Math.min(...rates), Math.max(...rates)) }
  }, [series])
  return (
    <LineChart
      series={series}
      scale="linear"
      xLabel="Bits per pixel"
      yLabel="PSNR (dB)"
      xAxis={xAxis}
      height={420}
      emptyText="Curves appear once a run has been measured after its last epoch"
    />
  )
}

function line(
  curves: readonly RateCurve[],
  codec: RateCurve['codec'],
  described: Pick<ChartSeries, 'id' | 'label' | 'colour' | 'dash'>,
): ChartSeries {
  const points = curves.find((curve) => curve.codec === codec)?.points ?? []
  return {
    ...described,
    draw: 'both',
    points: points
      .map(({ bitsPerPixel, peakSignalToNoiseRatio }) => ({ x: bitsPerPixel, y: peakSignalToNoiseRatio }))
      .toSorted((a, b) => a.x - b.x),
  }
}
