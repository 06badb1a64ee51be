import type { FigurePart } from '../analysis/analysisParts.js'
import type { RunConfigInput } from '../config/RunConfig.js'
import { replicateRuns } from '../replicates/replicateRuns.js'

/** Parts of the chapter, in its order. A gallery groups presets by them. */
export const chapterSections = [
  'Autoencoders',
  'Principal components',
  'Undercomplete autoencoders',
  'Learning manifolds',
  'Regularized autoencoders',
  'Denoising autoencoders',
  'Contractive autoencoders',
  'Convolutional autoencoders',
  'Unsupervised pretraining',
  'Generative models',
  'Applications',
] as const
export type ChapterSection = (typeof chapterSections)[number]

/** Figures of what runs saw, trained and made, and of several parts of their analyses, each with what it shows. */
export const figuresOfRuns = {
  reconstructions: 'test examples above what each run makes of them',
  comparison: 'what all runs see, what each makes of it, and the originals, a row each',
  denoising: 'corrupted test images, and what each run, PCA, a Wiener and a median filter make of them',
  generalization: 'training images, test images and noise, each above its reconstruction',
  codes: 'the codes of test examples over the two dimensions that vary most, coloured by label',
  codePlanes: 'codes of two units beside the first two principal components, and what is decoded over both planes',
  units: 'what each unit of the code adds to a reconstruction',
  filters: 'the weights of the first and the last layer as images',
  copying: 'the product of encoder and decoder of an affine autoencoder beside the identity',
  traversals: 'what is decoded along single dimensions and principal directions of the code',
  priorSamples: 'what is decoded of random codes',
  reconstructionCurve: 'what each place of a line is moved to, r(x) over x',
  learningCurves: 'what is minimized over the steps that each run took',
  contraction: 'how much encoders answer to small changes of the input, and at what error',
  subspaces: 'principal angles between what linear decoders reach and what principal components do',
  compressedImages: 'test images decoded of about as many bits by each run and by JPEG',
  features: 'what codes tell of classes, beside principal components and raw values',
  measurements: 'all that was measured after the last epochs, beside the baselines',
} as const
export type PresetFigure = keyof typeof figuresOfRuns | FigurePart

/** One run of an experiment. */
export interface PresetRun {
  /** What tells it from the experiment's other runs, for example `z = 32`. */
  readonly label: string
  readonly config: RunConfigInput
}

export type PresetRuns = readonly [PresetRun, ...PresetRun[]]

/** An experiment of the chapter. */
export interface Preset {
  readonly id: string
  readonly title: string
  readonly section: ChapterSection
  /** One sentence: what is done. */
  readonly description: string
  /** One or two questions to the result: what came out is said by verdicts on claims, which are worked out of the runs. */
  readonly lookFor: string
  readonly figure: PresetFigure
  /** With the chapter's own settings where it gives any. */
  readonly runs: PresetRuns
  /** The same runs, or as many of them as `lookFor` needs, made short enough to watch. */
  readonly quickRuns: PresetRuns
}

export interface Shortened {
  readonly epochs: number
  readonly trainCount?: number
  /** Training examples that are held out. @default the same */
  readonly validationCount?: number
  /** Test examples that are shown and measured. @default the same */
  readonly testCount?: number
  /** Smaller ones make more steps of as many examples. @default the same */
  readonly batchSize?: number
  /** Labels of the runs that are kept. @default all */
  readonly labels?: readonly string[]
}

/**
 * How many images quick versions train on, hold out and measure: evaluating thousands after each epoch and at the end would take longer than training. Runs of
 * as many images share what they are compared with, also between experiments.
 */
export const fewImages = { trainCount: 10_000, validationCount: 1000, testCount: 2000 } as const

/** Makes runs shorter: fewer epochs, and fewer training examples and runs where that is said. */
export function shortenRuns(runs: PresetRuns, { epochs, batchSize, labels, ...counts }: Shortened): PresetRuns {
  const shorten = ({ label, config }: PresetRun): PresetRun => ({
    label,
    config: {
      ...config,
      data: { ...config.data, ...counts },
      training: { ...config.training, epochs, ...(batchSize === undefined ? {} : { batchSize }) },
    },
  })
  const [first = runs[0], ...others] = labels ? runs.filter(({ label }) => labels.includes(label)) : runs
  return [shorten(first), ...others.map(shorten)]
}

/** Makes of each run one for each seed, where what it shows may hang on the seed. */
export function overSeeds(runs: readonly PresetRun[], seeds: readonly [number, ...number[]]): PresetRuns {
  const [first, ...others] = replicateRuns(runs, seeds)
  if (!first) throw new TypeError('expected a run, got none')
  return [first, ...others]
}

/** Makes one run for each code size. */
export function sweepCodeSizes(
  [first, ...others]: readonly [number, ...number[]],
  configOf: (latentDimension: number) => RunConfigInput,
): PresetRuns {
  const run = (latentDimension: number): PresetRun => ({ label: `z = ${latentDimension}`, config: configOf(latentDimension) })
  return [run(first), ...others.map(run)]
}
