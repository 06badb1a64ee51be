'use client'
import { useMemo } from 'react'
import { type RateCurve, rateTable } from '../../../entities/analysis/analysisTables'
import { rateTicks } from '../../../entities/analysis/rateTicks'
import { describeCompression, namePca } from '../../../entities/analysis/rowFigures'
import { runColour } from '../../../entities/run/runColour'
import { LineChart } from '../../../ui/LineChart'
import type { AnalysisFigure } from '../AnalysisFigure'
import { drawStrips } from '../drawStrips'

interface RateDistortionChartProps {
  readonly curves: readonly RateCurve[]
  /** What PCA is called, by how many components it keeps. */
  readonly pca: string
  /** Of the run, which decides its colour. */
  readonly number: number
}

const codecs = {
  MODEL: { label: 'This model', colour: null, dash: undefined },
  PCA: { label: null, colour: 'var(--hg-muted)', dash: [5, 3] },
  JPEG: { label: 'JPEG', colour: 'var(--hg-warning)', dash: [2, 3] },
} as const

/** Draws how good images are by what a pixel of them costs, for each codec. */
function RateDistortionChart({ curves, pca, number }: RateDistortionChartProps) {
  const series = useMemo(
    () =>
      curves.map(({ codec, points }) => ({
        id: codec,
        label: codecs[codec].label ?? pca,
        colour: codecs[codec].colour ?? runColour(number),
        dash: codecs[codec].dash,
        draw: 'both' as const,
        points: points
          .map(({ bitsPerPixel, peakSignalToNoiseRatio }) => ({ x: bitsPerPixel, y: peakSignalToNoiseRatio }))
          .toSorted((a, b) => a.x - b.x),
      })),
    [curves, pca, number],
  )
  const xAxis = useMemo(() => {
    const rates = curves.flatMap(({ points }) => points.map(({ bitsPerPixel }) => bitsPerPixel)).filter((rate) => rate > 0)
    return { scale: 'log' as const, ticks: rateTicks(Math.min(...rates), Math.max(...rates)) }
  }, [curves])
  return <LineChart series={series} scale="linear" xLabel="Bits per pixel" yLabel="PSNR (dB)" xAxis={xAxis} height={300} />
}

/** Shows what a pixel costs beside how good the image then is. */
export const rateDistortion: AnalysisFigure = {
  title: 'Compression',
  note: 'What a pixel costs once codes are quantised and entropy-coded, and how good the image then is: further up and left is better. Below, images beside those of JPEG at the nearest rate',
  table: ({ rateDistortion: curves }) => rateTable(curves),
  draw: ({ run, analysis }) => {
    const { rateDistortion: curves } = analysis
    if (curves.length === 0) return null
    return (
      <>
        <RateDistortionChart curves={curves} pca={namePca(analysis.principalComponents)} number={run.number} />
        {drawStrips(analysis, {
          of: 'rateDistortion',
          rows: describeCompression(curves),
          label: 'Test images decoded of about as many bits by this model and by JPEG',
        })}
      </>
    )
  },
}
