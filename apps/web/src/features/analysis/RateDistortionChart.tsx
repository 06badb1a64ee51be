'use client'
import { useMemo } from 'react'
import type { RateCurve } from '../../entities/analysis/analysisTables'
import { rateTicks } from '../../entities/analysis/rateTicks'
import { LossChart } from '../../ui/LossChart'
import { runColour } from '../../ui/runColour'

interface RateDistortionChartProps {
  readonly curves: readonly RateCurve[]
  /** Of the run, which decides its colour. */
  readonly number: number
}

const codecs = {
  MODEL: { label: 'This model', colour: null, dash: undefined },
  PCA: { label: 'PCA, as many components', colour: 'var(--hg-muted)', dash: [5, 3] },
  JPEG: { label: 'JPEG', colour: 'var(--hg-warning)', dash: [2, 3] },
} as const

/** Draws how good images are by what a pixel of them costs, for each codec. */
export function RateDistortionChart({ curves, number }: RateDistortionChartProps) {
  const series = useMemo(
    () =>
      curves.map(({ codec, points }) => ({
        id: codec,
        label: codecs[codec].label,
        colour: codecs[codec].colour ?? runColour(number),
        dash: codecs[codec].dash,
        draw: 'both' as const,
        points: points
          .map(({ bitsPerPixel, peakSignalToNoiseRatio }) => ({ x: bitsPerPixel, y: peakSignalToNoiseRatio }))
          .toSorted((a, b) => a.x - b.x),
      })),
    [curves, number],
  )
  const xAxis = useMemo(() => {
    const rates = curves.flatMap(({ points }) => points.map(({ bitsPerPixel }) => bitsPerPixel)).filter((rate) => rate > 0)
    return { scale: 'log' as const, ticks: rateTicks(Math.min(...rates), Math.max(...rates)) }
  }, [curves])
  return <LossChart series={series} scale="linear" xLabel="Bits per pixel" yLabel="PSNR (dB)" xAxis={xAxis} height={300} />
}
