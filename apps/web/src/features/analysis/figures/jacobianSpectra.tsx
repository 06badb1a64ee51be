'use client'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../../data/generated/graphql'
import { drawableSpectrum } from '../../../entities/analysis/jacobianSpectrum'
import { runColour } from '../../../entities/run/runColour'
import { formatCounted } from '../../../ui/formatQuantity'
import { LineChart } from '../../../ui/LineChart'
import type { AnalysisFigure } from '../AnalysisFigure'

type Spectra = NonNullable<AnalysisFieldsFragment['jacobianSpectra']>

interface SpectraChartProps {
  readonly spectra: Spectra
  /** Of the run, which decides its colour. */
  readonly number: number
}

const halves = [
  { of: 'encoder', label: 'Code, ∂f/∂x' },
  { of: 'reconstruction', label: 'Reconstruction, ∂r/∂x' },
] as const

/** Draws the singular values of both Jacobians on one axis. */
function SpectraChart({ spectra, number }: SpectraChartProps) {
  const series = useMemo(
    () =>
      halves.map(({ of, label }) => ({
        id: of,
        label,
        colour: of === 'encoder' ? 'var(--hg-muted)' : runColour(number),
        dash: of === 'encoder' ? [5, 3] : undefined,
        points: drawableSpectrum(spectra[of]).map((y, index) => ({ x: index + 1, y })),
      })),
    [spectra, number],
  )
  return <LineChart series={series} scale="log" xLabel="Direction, from the largest" yLabel="Singular value" height={260} />
}

/** Shows how many directions of an example the code, and the reconstruction, answer to, and how much. */
export const jacobianSpectra: AnalysisFigure = {
  title: 'Singular values of Jacobians',
  note: ({ counts }) =>
    `How much the code and the reconstruction answer to small changes of an example, direction by direction: means over ${formatCounted(counts.jacobianSpectra, 'test example')}`,
  table: ({ jacobianSpectra: spectra }) => ({
    columns: ['of', 'direction', 'singular value'],
    rows: spectra === null ? [] : halves.flatMap(({ of, label }) => spectra[of].map((value, index) => [label, index + 1, value])),
  }),
  draw: ({ run, analysis: { jacobianSpectra: spectra } }) =>
    spectra && spectra.encoder.length > 1 ? <SpectraChart spectra={spectra} number={run.number} /> : null,
}
