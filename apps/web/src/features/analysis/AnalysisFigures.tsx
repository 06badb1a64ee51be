'use client'
import { type ReactNode, useRef } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import { measuredTable, rateTable, tangentTable } from '../../entities/analysis/analysisTables'
import { PointTangents } from '../../entities/analysis/PointTangents'
import { type DescribedRow, describeDenoising, describeGeneralization, describeInpainting } from '../../entities/analysis/rowFigures'
import { TangentFigure } from '../../entities/analysis/TangentFigure'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureTable } from '../../ui/FigureSource'
import { RunSection } from '../../ui/RunSection'
import { RateDistortionChart } from './RateDistortionChart'

interface AnalysisFiguresProps {
  readonly run: Run
  readonly analysis: AnalysisFieldsFragment
}

/** Shows the figures of what a run was measured with, those that apply to it, each under a heading of its own. */
export function AnalysisFigures({ run, analysis }: AnalysisFiguresProps) {
  return partsOf(run, analysis).map((part) => <Part key={part.id} run={run} {...part} />)
}

interface AnalysisPart {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly numbers: () => FigureTable
  readonly content: ReactNode
}

function partsOf(
  run: Run,
  { at, figures, subjects, rateDistortion, inpainting, tangents }: AnalysisFieldsFragment,
): readonly AnalysisPart[] {
  const of = (part: string) => figures.filter(({ name }) => name.startsWith(`${part}/`))
  const strips = (part: string, rows: readonly DescribedRow[], label: string) =>
    of(part).length > 0 ? <AnalysisImages key={at} figures={of(part)} rows={rows} label={label} /> : null
  const directions = of('tangents')
  const Tangents = directions.some(({ name }) => name === 'tangents/points') ? PointTangents : TangentFigure
  const measured = () => measuredTable(subjects)
  return [
    {
      id: 'run-denoising',
      title: 'Denoising',
      note: 'Test images, corrupted as in training, and what removes the noise',
      numbers: measured,
      content: strips('denoising', describeDenoising(subjects), 'Denoised test images'),
    },
    {
      id: 'run-generalization',
      title: 'Training, test and noise',
      note: 'Each above its reconstruction; what was learned by heart is good on training images alone, what has learned to copy on noise too',
      numbers: measured,
      content: strips(
        'generalization',
        describeGeneralization(subjects),
        'Training images, test images and noise, each above its reconstruction',
      ),
    },
    {
      id: 'run-rate-distortion',
      title: 'Compression',
      note: 'What a pixel costs once codes are quantised and entropy-coded, and how good the image then is: further up and left is better',
      numbers: () => rateTable(rateDistortion),
      content: rateDistortion.length > 0 ? <RateDistortionChart curves={rateDistortion} number={run.number} /> : null,
    },
    {
      id: 'run-inpainting',
      title: 'Inpainting',
      note: `The lower half is missing and filled in by encoding and decoding ${inpainting?.iterations ?? 0} times`,
      numbers: measured,
      content: inpainting && strips('inpainting', describeInpainting(inpainting), 'Test images with their lower half filled in'),
    },
    {
      id: 'run-tangents',
      title: 'Tangent directions',
      note: 'How what is decoded changes as its code moves: the singular vectors of the decoder’s Jacobian, largest singular value first',
      numbers: () => tangentTable(tangents),
      content: directions.length > 0 && tangents.length > 0 ? <Tangents figures={directions} tangents={tangents} /> : null,
    },
  ].filter(({ content }) => content !== null)
}

function Part({ run, id, title, note, numbers, content }: AnalysisPart & { readonly run: Run }) {
  const figure = useRef<HTMLDivElement>(null)
  return (
    <RunSection
      id={id}
      title={title}
      note={note}
      controls={<FigureDownload what={title.toLowerCase()} source={runSource(run, title)} figure={figure} table={numbers} />}
    >
      <div ref={figure}>{content}</div>
    </RunSection>
  )
}
