'use client'

import { useMemo } from 'react'
import { type RunFact, runFacts } from '../../experiment/runFacts'
import type { ExperimentRun } from '../../hooks/useExperiment'
import type { RunAnalysis } from '../../hooks/useExperimentAnalyses'
import { useReconstructions } from '../../hooks/useReconstructions'
import type { DecodedStrips } from '../../latent/useDecodedStrips'
import { useExamples } from '../../latent/useExamples'
import { useImages } from '../../latent/useImages'
import type { MeasuredSubject } from '../analysis/analysisTables'
import { Unread } from '../run/Unread'
import type { FigureProps, RowProps } from './FigureProps'
import { FigureRow, SharedRow } from './FigureRow'
import classes from './ReconstructionRow.module.css'
import { StripStack } from './StripStack'

/**
 * Sets test images as all runs see them, what each run makes of them, what the baseline makes of them, and the images as they are, a row each:
 * a median filter's where they are corrupted, PCA's where they are not.
 */
export function ComparisonFigure({ runs, analyses }: FigureProps) {
  const first = runs.find(({ summary }) => summary.epochsCompleted > 0)
  const measured = runs.map(({ id }) => analyses.get(id)).find((analysis) => analysis != null)
  return (
    <>
      {first ? <Shared run={first} title="Corrupted" strip="corrupted" facts={closeness(measured, 'CORRUPTED')} /> : null}
      {runs.map((run) => (
        <Made key={run.id} run={run} analysis={analyses.get(run.id)} />
      ))}
      {measured ? <Baseline analysis={measured} /> : null}
      {first ? <Shared run={first} title="Original" strip="originals" /> : null}
    </>
  )
}

interface SharedProps {
  readonly run: ExperimentRun
  readonly title: string
  readonly strip: 'corrupted' | 'originals'
  readonly facts?: readonly RunFact[]
}

function Shared({ run, title, strip, facts = [] }: SharedProps) {
  const { images } = useStrips(run)
  const image = images?.[strip]
  if (!images || !image) return null
  return (
    <SharedRow title={title} facts={facts}>
      <Strip image={image} label={`${title} test images`} epoch={images.epoch} />
    </SharedRow>
  )
}

function Made({ run, analysis }: RowProps) {
  const { images, failed, retry } = useStrips(run)
  const subject = analysis?.subjects.some((each) => each.subject === 'DENOISED') ? 'DENOISED' : 'MODEL'
  const [psnr, error, parameters] = ['PSNR', 'Test MSE', 'Parameters'].map((wanted) => runFacts(run).find(({ name }) => name === wanted))
  const ssim = closeness(analysis, subject).find(({ name }) => name === 'SSIM')
  const facts = [psnr ?? error, ssim, parameters].filter((fact) => fact !== undefined)
  return (
    <FigureRow run={run} facts={facts}>
      {images ? (
        <Strip image={images.reconstructions} label={`What ${run.label ?? run.name} makes of them`} epoch={images.epoch} />
      ) : failed ? (
        <Unread what="The reconstructions" onRetry={retry} />
      ) : (
        <div className={classes.waiting}>{run.error?.message ?? ''}</div>
      )}
    </FigureRow>
  )
}

function Baseline({ analysis: { figures, subjects } }: { readonly analysis: RunAnalysis }) {
  const isCorrupted = subjects.some(({ subject }) => subject === 'CORRUPTED')
  const [title, name, subject] = isCorrupted
    ? (['Median filter', 'denoising/medianFilter', 'MEDIAN_FILTER'] as const)
    : (['PCA', 'generalization/pcaReconstructions', 'PCA'] as const)
  const url = figures.find((figure) => figure.name === name)?.url
  const image = useImages(url ? [url] : []).images?.[0]
  if (!image) return null
  return (
    <SharedRow title={title} facts={closeness({ subjects }, subject)}>
      <Strip image={image} label={`What ${title} makes of them`} epoch={0} />
    </SharedRow>
  )
}

function Strip({ image, label, epoch }: { readonly image: HTMLImageElement; readonly label: string; readonly epoch: number }) {
  const strips = useMemo(() => [image], [image])
  return <StripStack label={label} strips={strips} epoch={epoch} testId="strip" />
}

function useStrips(run: ExperimentRun): { readonly images: DecodedStrips | null; readonly failed: boolean; readonly retry: () => unknown } {
  const { epochsCompleted } = run.summary
  const { reconstructions, failed, retry } = useReconstructions(run.id, epochsCompleted > 0 ? epochsCompleted : null)
  return { images: useExamples(reconstructions).images, failed, retry }
}

/** Lists PSNR and SSIM of a subject that was measured. */
function closeness(analysis: Pick<RunAnalysis, 'subjects'> | null | undefined, wanted: MeasuredSubject['subject']): readonly RunFact[] {
  const metrics = analysis?.subjects.find(({ subject }) => subject === wanted)?.metrics
  const { peakSignalToNoiseRatio: psnr = null, structuralSimilarity: ssim = null } = metrics ?? {}
  return [
    ...(psnr === null ? [] : [{ name: 'PSNR', value: `${psnr.toFixed(1)} dB` }]),
    ...(ssim === null ? [] : [{ name: 'SSIM', value: ssim.toFixed(3) }]),
  ]
}
