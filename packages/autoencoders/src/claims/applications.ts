import type { Analysis } from '../analysis/analysisSchema.js'
import { comparedRates } from '../compression/equalRates.js'
import type { MetricId } from '../measurements/measurementCatalog.js'
import type { Bounds } from './Bounds.js'
import { type Case, differenceCase } from './Case.js'
import type { Claim } from './Claim.js'
import { pairsOf } from './comparedRuns.js'
import { codeSize, isDenoising, isPlain, isVariational, type RunFacts } from './RunFacts.js'
import { measured, type Term, workedOut } from './Term.js'

type Codec = Analysis['rateDistortion'][number]['codec']

const hasHidden = ({ config: { architecture } }: RunFacts) => architecture.kind === 'dense' && architecture.hiddenWidths.length > 0
const isLinear = (run: RunFacts) => isPlain(run) && !hasHidden(run) && run.config.architecture.outputActivation === 'linear'
const isDeep = (run: RunFacts) => isPlain(run) && hasHidden(run)

const overPca = (run: RunFacts, metric: MetricId, bounds: Bounds): Case =>
  differenceCase([measured(run, metric), measured(run, metric, 'PCA')], bounds)

const clusterMetrics = [
  ['kMeansNormalizedMutualInformation', 'NMI'],
  ['kMeansAdjustedRandIndex', 'ARI'],
] as const

/** Highest PSNR that points of one codec reach for at most so many bits a pixel, over runs that have not failed. */
function bestWithin(runs: readonly RunFacts[], codec: Codec, bitsPerPixel: number): Term {
  const usable = runs.filter(({ state }) => state === 'awaited' || state === 'ended')
  const points = usable
    .flatMap(({ analysis }) => analysis?.rateDistortion.filter((curve) => curve.codec === codec) ?? [])
    .flatMap((curve) => curve.points)
  const reached = points.filter((point) => point.bitsPerPixel <= bitsPerPixel).map((point) => point.peakSignalToNoiseRatio)
  return workedOut({
    title: `PSNR of ${names[codec]}`,
    runs: usable,
    value: reached.length === 0 ? null : Math.max(...reached),
    unit: 'dB',
  })
}

const names: Readonly<Record<Codec, string>> = { MODEL: 'the codes', PCA: 'PCA', JPEG: 'JPEG' }

/** How a code that is quantised most coarsely stands beside PCA at as many bits a pixel or fewer. */
function coarsest(run: RunFacts): Case {
  const [point] =
    run.analysis?.rateDistortion.find(({ codec }) => codec === 'MODEL')?.points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel) ?? []
  const pca = bestWithin([run], 'PCA', point?.bitsPerPixel ?? Number.NaN)
  return differenceCase([pca, workedOut({ title: 'PSNR of the codes', runs: run, value: point?.peakSignalToNoiseRatio, unit: 'dB' })], {
    above: 0,
  })
}

const withPoints = (runs: readonly RunFacts[], cases: readonly Case[]): readonly Case[] => (runs.length === 0 ? [] : cases)

/** Of what autoencoders are used for. */
export const applications: Readonly<Record<string, readonly Claim[]>> = {
  features: [
    {
      id: 'denoising-ahead',
      expectation: 'The denoising one’s codes are more than 3 points of accuracy ahead of as many principal components, and less than 20.',
      needs: 'a denoising run',
      cases: (runs) => runs.filter(isDenoising).map((run) => overPca(run, 'linearProbeAccuracy', { above: 0.03, below: 0.2 })),
    },
    {
      id: 'deep-like-pca',
      expectation: 'The deep one’s are less than 2 points below and less than 3 above as many.',
      needs: 'a deep run',
      cases: (runs) => runs.filter(isDeep).map((run) => overPca(run, 'linearProbeAccuracy', { above: -0.02, below: 0.03 })),
    },
    {
      id: 'linear-like-pca',
      expectation: 'The linear one’s are less than 2 points below or above as many.',
      needs: 'a linear run',
      cases: (runs) => runs.filter(isLinear).map((run) => overPca(run, 'linearProbeAccuracy', { above: -0.02, below: 0.02 })),
    },
  ],
  clustering: clusterMetrics.flatMap(([metric, name]): Claim[] => [
    {
      id: `deep-over-pca-${name.toLowerCase()}`,
      expectation: `Clusters of the deep autoencoder’s codes agree better with the digits than those of principal components: by more than 0.03 in ${name}.`,
      needs: 'a deep run that is not variational',
      cases: (runs) => runs.filter(isDeep).map((run) => overPca(run, metric, { above: 0.03 })),
    },
    {
      id: `deep-over-variational-${name.toLowerCase()}`,
      expectation: `They agree better than those of the variational one, too: by more than 0.03 in ${name}.`,
      noun: 'pairs of runs',
      needs: 'a deep and a variational run of the same data, code size and seed',
      cases: (runs) =>
        pairsOf(runs, { left: isDeep, right: (run) => isVariational(run) && hasHidden(run) }).map(({ left, right }) =>
          differenceCase([measured(left, metric), measured(right, metric)], { above: 0.03 }),
        ),
    },
  ]),
  compression: [
    {
      id: 'ahead-of-pca',
      expectation: 'At 0.1, 0.2 and 0.25 bits a pixel some code size is ahead of PCA.',
      noun: 'rates',
      needs: 'a run',
      cases: (runs) =>
        withPoints(
          runs,
          comparedRates.map((bits) =>
            differenceCase([bestWithin(runs, 'MODEL', bits), bestWithin(runs, 'PCA', bits)], { above: 0 }, `${bits} bits a pixel`),
          ),
        ),
    },
    {
      id: 'ahead-of-jpeg',
      expectation: 'It is ahead of JPEG there, at the highest quality that takes no more bits, wherever JPEG takes so few.',
      noun: 'rates',
      needs: 'a run, and images that JPEG makes so small',
      cases: (runs) =>
        comparedRates.flatMap((bits) => {
          const jpeg = bestWithin(runs, 'JPEG', bits)
          const isAwaited = jpeg.runs.some(({ state }) => state === 'awaited')
          return jpeg.value === null && !isAwaited
            ? []
            : [differenceCase([bestWithin(runs, 'MODEL', bits), jpeg], { above: 0 }, `${bits} bits a pixel`)]
        }),
    },
    {
      id: 'jpeg-goes-on',
      expectation: 'With many bits JPEG goes on alone: its best is more than 3 dB over that of every code.',
      needs: 'a run',
      cases: (runs) =>
        withPoints(runs, [differenceCase([bestWithin(runs, 'JPEG', 9), bestWithin(runs, 'MODEL', 9)], { above: 3 }, 'all code sizes')]),
    },
    {
      id: 'too-coarse',
      expectation: 'Quantised too coarsely 64 units fall behind 64 principal components.',
      needs: 'a run of 64 code units',
      cases: (runs) => runs.filter((run) => codeSize(run) === 64).map(coarsest),
    },
  ],
  traversal: [
    {
      id: 'one-thing',
      expectation: 'Some directions change mostly one thing, such as slant, width or the closing of a loop.',
      needs: 'a run',
    },
  ],
  'traversal-clothes': [
    {
      id: 'one-thing',
      expectation: 'Along single directions sleeves grow and shrink, and fabrics turn from dark to light.',
      needs: 'a run',
    },
  ],
}
