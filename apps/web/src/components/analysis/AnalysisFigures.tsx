'use client'
import { type ReactNode, useRef } from 'react'
import type { FigureTable } from '../../download/FigureSource'
import { runSource } from '../../download/runFigures'
import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'
import type { Run } from '../../hooks/useRun'
import { FigureDownload } from '../FigureDownload'
import { RunSection } from '../run/RunSection'
import { AnalysisImages } from './AnalysisImages'
import { measuredTable, rateTable, tangentTable } from './analysisTables'
import { PointTangents } from './PointTangents'
import { RateDistortionChart } from './RateDistortionChart'
import { type DescribedRow, describeDenoising, describeGeneralization, describeInpainting } from './rowFigures'
import { TangentFigure } from './TangentFigure'

interface AnalysisFiguresProps {
  readonly run: Run
  readonly analysis: AnalysisFieldsFragment
}

/** Shows the figures of what a run was measured with, those that apply to it, each under a heading of its own. */
export function AnalysisFigures({ run, analysis }: AnalysisFiguresProps) {
  const { at, figures, subjects, rateDistortion, inpainting, tangents } = analysis
  const of = (part: string) => figures.filter(({ name }) => name.startsWith(`${part}/`))
  const rows = (part: string, described: readonly DescribedRow[], label: string) => (
    <AnalysisImages key={at} figures={of(part)} rows={described} label={label} />
  )
  const found = of('tangents')
  const Tangents = found.some(({ name }) => name === 'tangents/points') ? PointTangents : TangentFigure
  return (
    <>
      {of('denoising').length > 0 && (
        <Part
          run={run}
          id="run-denoising"
          title="Denoising"
          note="Test images, corrupted as in training, and what removes the noise"
          numbers={() => measuredTable(subjects)}
        >
          {rows('denoising', describeDenoising(subjects), 'Denoised test images')}
        </Part>
      )}
      {of('generalization').length > 0 && (
        <Part
          run={run}
          id="run-generalization"
          title="Training, test and noise"
          note="What was learned by heart is good on training images alone, what has learned to copy on pure noise too"
          numbers={() => measuredTable(subjects)}
        >
          {rows(
            'generalization',
            describeGeneralization(subjects),
            'Training images, test images and noise, each above its reconstruction',
          )}
        </Part>
      )}
      {rateDistortion.length > 0 && (
        <Part
          run={run}
          id="run-rate-distortion"
          title="Compression"
          note="What a pixel costs once codes are quantised and entropy-coded, and how good the image then is: further up and left is better"
          numbers={() => rateTable(rateDistortion)}
        >
          <RateDistortionChart curves={rateDistortion} number={run.number} />
        </Part>
      )}
      {inpainting && of('inpainting').length > 0 && (
        <Part
          run={run}
          id="run-inpainting"
          title="Inpainting"
          note={`The lower half is missing and filled in by encoding and decoding ${inpainting.iterations} times`}
          numbers={() => measuredTable(subjects)}
        >
          {rows('inpainting', describeInpainting(inpainting), 'Test images with their lower half filled in')}
        </Part>
      )}
      {tangents.length > 0 && found.length > 0 && (
        <Part
          run={run}
          id="run-tangents"
          title="Tangent directions"
          note="How what is decoded changes as its code moves: the singular vectors of the decoder’s Jacobian, largest singular value first"
          numbers={() => tangentTable(tangents)}
        >
          <Tangents figures={found} tangents={tangents} />
        </Part>
      )}
    </>
  )
}

interface PartProps {
  readonly run: Run
  readonly id: string
  readonly title: string
  readonly note: string
  readonly numbers: () => FigureTable
  readonly children: ReactNode
}

function Part({ run, id, title, note, numbers, children }: PartProps) {
  const figure = useRef<HTMLDivElement>(null)
  return (
    <RunSection
      id={id}
      title={title}
      note={note}
      controls={<FigureDownload what={title.toLowerCase()} source={runSource(run, title)} figure={figure} table={numbers} />}
    >
      <div ref={figure}>{children}</div>
    </RunSection>
  )
}
