'use client'
import { Button } from '@mantine/core'
import type { RefObject } from 'react'
import { useRef } from 'react'
import { runSource } from '../../download/runFigures'
import type { Run } from '../../hooks/useRun'
import { FigureDownload } from '../FigureDownload'
import { formatCount, formatDuration } from '../run/formatQuantity'
import { RunSection } from '../run/RunSection'
import { AnalysisImages } from './AnalysisImages'
import classes from './AnalysisSection.module.css'
import { measuredTable, rateTable, tangentTable } from './analysisTables'
import { FineTuning } from './FineTuning'
import { MeasuredTable } from './MeasuredTable'
import { RateDistortionChart } from './RateDistortionChart'
import { describeDenoising, describeInpainting } from './rowFigures'
import { SubspaceAngles } from './SubspaceAngles'
import { TangentFigure } from './TangentFigure'

interface AnalysisSectionProps {
  readonly run: Run
  readonly onAnalyze: () => void
}

/** Shows what a completed run was measured with on test data, and what it is compared with; before, how it comes to be measured. */
export function AnalysisSection({ run, onAnalyze }: AnalysisSectionProps) {
  const table = useRef<HTMLDivElement>(null)
  const rates = useRef<HTMLDivElement>(null)
  const denoising = useRef<HTMLDivElement>(null)
  const inpainting = useRef<HTMLDivElement>(null)
  const tangents = useRef<HTMLDivElement>(null)
  const { analysis, status } = run
  if (!analysis) {
    return (
      <RunSection id="run-analysis" title="Measured on test data">
        {status === 'COMPLETED' ? (
          <div className={classes.empty}>
            <p>This run has not been measured beside PCA and other baselines yet. It takes seconds, up to a minute for large models.</p>
            <Button size="xs" variant="default" onClick={onAnalyze}>
              Measure now
            </Button>
          </div>
        ) : (
          <p className={classes.note}>{whenMeasured(run)}</p>
        )}
      </RunSection>
    )
  }
  const { at, counts, subjects, rateDistortion, tangents: spaces, subspaceAngles, fineTuning, seconds } = analysis
  const figuresOf = (part: string) => analysis.figures.filter(({ name }) => name.startsWith(`${part}/`))
  const download = (what: string, figure: RefObject<HTMLDivElement | null>, numbers: () => ReturnType<typeof measuredTable>) => (
    <FigureDownload what={what.toLowerCase()} source={runSource(run, what)} figure={figure} table={numbers} />
  )
  return (
    <>
      <RunSection
        id="run-analysis"
        title="Measured on test data"
        note={`${formatCount(counts.test)} test examples, after the last epoch, in ${formatDuration(seconds)}`}
        controls={
          <>
            {status === 'COMPLETED' && (
              <Button size="compact-xs" variant="default" onClick={onAnalyze}>
                Measure again
              </Button>
            )}
            {download('Measurements', table, () => measuredTable(subjects))}
          </>
        }
      >
        <div ref={table}>
          <MeasuredTable subjects={subjects} />
        </div>
        {subspaceAngles && <SubspaceAngles angles={subspaceAngles} />}
        {fineTuning && <FineTuning outcome={fineTuning} />}
      </RunSection>
      {figuresOf('denoising').length > 0 && (
        <RunSection
          id="run-denoising"
          title="Denoising"
          note="Test images, corrupted as in training, and what removes the noise"
          controls={download('Denoising', denoising, () => measuredTable(subjects))}
        >
          <div ref={denoising}>
            <AnalysisImages key={at} figures={figuresOf('denoising')} rows={describeDenoising(subjects)} label="Denoised test images" />
          </div>
        </RunSection>
      )}
      {rateDistortion.length > 0 && (
        <RunSection
          id="run-rate-distortion"
          title="Compression"
          note="What a pixel costs once codes are quantised and entropy-coded, and how good the image then is: further up and left is better"
          controls={download('Compression', rates, () => rateTable(rateDistortion))}
        >
          <div ref={rates}>
            <RateDistortionChart curves={rateDistortion} number={run.number} />
          </div>
        </RunSection>
      )}
      {analysis.inpainting && figuresOf('inpainting').length > 0 && (
        <RunSection
          id="run-inpainting"
          title="Inpainting"
          note={`The lower half is missing and filled in by encoding and decoding ${analysis.inpainting.iterations} times`}
          controls={download('Inpainting', inpainting, () => measuredTable(subjects))}
        >
          <div ref={inpainting}>
            <AnalysisImages
              key={at}
              figures={figuresOf('inpainting')}
              rows={describeInpainting(analysis.inpainting)}
              label="Test images with their lower half filled in"
            />
          </div>
        </RunSection>
      )}
      {spaces.length > 0 && figuresOf('tangents').length > 0 && (
        <RunSection
          id="run-tangents"
          title="Tangent directions"
          note="How the decoded image changes as its code moves: the singular vectors of the decoder’s Jacobian, largest singular value first"
          controls={download('Tangent directions', tangents, () => tangentTable(spaces))}
        >
          <div ref={tangents}>
            <TangentFigure figures={figuresOf('tangents')} tangents={spaces} />
          </div>
        </RunSection>
      )}
    </>
  )
}

function whenMeasured({ status, progress }: Run): string {
  if (progress?.stage === 'MEASURING') return 'Measuring: reconstruction, features, compression, inpainting, tangent directions…'
  if (status === 'QUEUED' || status === 'RUNNING') {
    return 'After the last epoch the run is measured on test data, beside PCA, the mean image and, for denoising, a median filter.'
  }
  return 'Runs are measured once all their epochs are finished.'
}
