'use client'

import { latentDimensionOf, measurementTerm } from '@hourglass/autoencoders'
import { type ComponentProps, useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import type { MeasuredSubject } from '../../entities/analysis/analysisTables'
import { nameBaseline } from '../../entities/run/pcaBaseline'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { imageFile } from '../../files/fileSources'
import { type DecodedStrips, useExamples } from '../../files/useExamples'
import { useFile } from '../../files/useFiles'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { FigureProps, RowProps } from './FigureProps'
import { FigureRow, SharedRow } from './FigureRow'
import { type RunFact, runFacts } from './runFacts'
import { StripStack } from './StripStack'
import type { ExperimentRun } from './useExperiment'
import type { RunAnalysis } from './useExperimentAnalyses'
import { Waiting } from './Waiting'

/**
 * Sets test images as all runs see them, what each run makes of them, what the baseline makes of them, and the images as they are, a row each:
 * PCA's of every code size, and where they are corrupted a Wiener and a median filter's.
 */
export function ComparisonFigure({ runs, analyses }: FigureProps) {
  const first = runs.find(({ summary }) => summary.epochsCompleted > 0)
  const measured = runs.flatMap((run) => {
    const analysis = analyses.get(run.id)
    return analysis ? [{ run, analysis }] : []
  })
  return (
    <>
      {first ? <Shared run={first} title="Corrupted" strip="corrupted" facts={closeness(measured[0]?.analysis, 'CORRUPTED')} /> : null}
      {runs.map((run) => (
        <Made key={run.id} run={run} analysis={analyses.get(run.id)} />
      ))}
      {baselinesOf(measured).map((baseline) => (
        <Baseline key={baseline.title} {...baseline} />
      ))}
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
      <Strip image={image} label={`${title} test images`} count={images.labels.length} epoch={images.epoch} />
    </SharedRow>
  )
}

function Made({ run, analysis }: RowProps) {
  const { images, failed, retry } = useStrips(run)
  const subject = analysis?.subjects.some((each) => each.subject === 'DENOISED') ? 'DENOISED' : 'MODEL'
  const measured = closeness(analysis, subject)
  const facts = runFacts(run)
  const shown = [
    ...(measured.length > 0 ? measured : facts.filter(({ name }) => name.endsWith(' MSE') || name.endsWith(' PSNR'))),
    { name: 'Code size', value: formatCount(codeSizeOf(run)), term: 'code' },
    ...facts.filter(({ name }) => name === 'Parameters'),
  ]
  return (
    <FigureRow run={run} facts={shown}>
      {images ? (
        <Strip
          image={images.reconstructions}
          label={`What ${run.label ?? run.name} makes of them`}
          count={images.labels.length}
          epoch={images.epoch}
        />
      ) : failed ? (
        <Unread what="The reconstructions" onRetry={retry} />
      ) : (
        <Waiting />
      )}
    </FigureRow>
  )
}

interface MeasuredRun {
  readonly run: ExperimentRun
  readonly analysis: RunAnalysis
}

interface BaselineRow {
  readonly title: string
  readonly url: string
  readonly count: number
  readonly facts: readonly RunFact[]
}

/** Lists what runs are compared with, which knows nothing of them: PCA once for every code size, and where images are corrupted filters of the same. */
function baselinesOf(measured: readonly MeasuredRun[]): readonly BaselineRow[] {
  const rows = measured.flatMap(({ run, analysis }) => {
    const isCorrupted = analysis.subjects.some(({ subject }) => subject === 'CORRUPTED')
    const { used = codeSizeOf(run), rank = null } = analysis.principalComponents ?? {}
    const pca = nameBaseline({ components: used, isWhole: used === rank }, isCorrupted)
    const baselines = isCorrupted
      ? ([
          [pca, 'denoising/pca', 'CORRUPTED_PCA'],
          ['Wiener filter', 'denoising/wienerFilter', 'WIENER_FILTER'],
          ['Median filter', 'denoising/medianFilter', 'MEDIAN_FILTER'],
        ] as const)
      : ([[pca, 'generalization/pcaReconstructions', 'PCA']] as const)
    return baselines.flatMap(([title, name, subject]) => {
      const figure = analysis.figures.find((each) => each.name === name)
      return figure ? [{ title, url: figure.url, count: figure.shape[0] ?? 1, facts: closeness(analysis, subject) }] : []
    })
  })
  return rows.filter(({ title }, index) => rows.findIndex((row) => row.title === title) === index)
}

function codeSizeOf({ config, dataset }: ExperimentRun): number {
  return latentDimensionOf(readRunConfig(config).architecture, dataset.exampleShape)
}

function Baseline({ title, url, count, facts }: BaselineRow) {
  const { shown: image, error, retry } = useFile(imageFile(url))
  if (!image && !error) return null
  return (
    <SharedRow title={title} facts={facts}>
      {image ? (
        <Strip image={image} label={`What ${title} makes of them`} count={count} epoch={0} />
      ) : (
        <Unread what="The images" onRetry={retry} />
      )}
    </SharedRow>
  )
}

interface StripProps extends Omit<ComponentProps<typeof StripStack>, 'strips' | 'testId'> {
  readonly image: HTMLImageElement
}

function Strip({ image, ...rest }: StripProps) {
  const strips = useMemo(() => [image], [image])
  return <StripStack {...rest} strips={strips} testId="strip" />
}

interface Strips {
  readonly images: DecodedStrips | null
  readonly failed: boolean
  readonly retry: () => unknown
}

function useStrips(run: ExperimentRun): Strips {
  const { reconstructions, failed, retry } = useReconstructions(run.id, run.finalEpoch)
  const { images, error, retry: reload } = useExamples(reconstructions)
  return { images, failed: failed || error !== null, retry: failed ? retry : reload }
}

/** Lists how close what was measured of a subject is to the originals. */
function closeness(analysis: Pick<RunAnalysis, 'subjects'> | null | undefined, wanted: MeasuredSubject['subject']): readonly RunFact[] {
  const metrics = analysis?.subjects.find(({ subject }) => subject === wanted)?.metrics
  const { meanSquaredError: error = null, peakSignalToNoiseRatio: psnr = null, structuralSimilarity: ssim = null } = metrics ?? {}
  return [
    ...(error === null ? [] : [{ name: 'MSE', value: formatLoss(error), term: measurementTerm('meanSquaredError') }]),
    ...(psnr === null ? [] : [{ name: 'PSNR', value: `${psnr.toFixed(1)} dB`, term: measurementTerm('peakSignalToNoiseRatio') }]),
    ...(ssim === null ? [] : [{ name: 'SSIM', value: ssim.toFixed(3), term: measurementTerm('structuralSimilarity') }]),
  ]
}
