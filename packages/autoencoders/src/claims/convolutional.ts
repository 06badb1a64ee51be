import { differenceCase } from './Case.js'
import type { Claim } from './Claim.js'
import { type Pair, pairsOf } from './comparedRuns.js'
import { aheadOfFilter, aheadOfLinear } from './errors.js'
import { codeSize, isDenoising, type RunFacts } from './RunFacts.js'
import { measured } from './Term.js'

const isOfKind = (kind: RunFacts['config']['architecture']['kind']) => (run: RunFacts) =>
  isDenoising(run) && run.config.architecture.kind === kind
const sameTask = ({ config: { data, corruption, training } }: RunFacts) => JSON.stringify([data, corruption, training.seed])
const pairs = (runs: readonly RunFacts[]): readonly Pair[] =>
  pairsOf(runs, { left: isOfKind('dense'), right: isOfKind('convolutional'), shared: sameTask })
/** Names a comparison with the sizes of both codes, which differ where architectures do. */
const sizesOf = (...runs: readonly RunFacts[]) =>
  runs.map((run) => `${run.label} (${codeSize(run).toLocaleString('en')} code units)`).join(' and ')
const needs = 'a dense and a convolutional denoising run of the same data, corruption and seed'

const filterClaims = (decibels: number): readonly Claim[] => [
  {
    id: 'ahead-in-psnr',
    expectation:
      decibels > 1
        ? `The autoencoder is more than ${decibels} dB ahead of the median filter, even with salt and pepper.`
        : 'The autoencoder is more than 1 dB ahead of the median filter.',
    noun: 'corruptions',
    needs: 'a denoising run',
    cases: (runs) => runs.filter(isDenoising).map((run) => aheadOfFilter(run, 'peakSignalToNoiseRatio', decibels)),
  },
  {
    id: 'ahead-in-ssim',
    expectation: 'It is ahead in SSIM, too.',
    noun: 'corruptions',
    needs: 'a denoising run',
    cases: (runs) => runs.filter(isDenoising).map((run) => aheadOfFilter(run, 'structuralSimilarity', 0)),
  },
  aheadOfLinear('corruptions'),
]

/** Of autoencoders that know what an image is. */
export const convolutional: Readonly<Record<string, readonly Claim[]>> = {
  convolutional: [
    {
      id: 'ahead-in-psnr',
      expectation: 'The convolutional one is more than 1 dB ahead of the dense one.',
      noun: 'pairs of runs',
      needs,
      cases: (runs) =>
        pairs(runs).map(({ left, right }) =>
          differenceCase(
            [measured(right, 'peakSignalToNoiseRatio', 'DENOISED'), measured(left, 'peakSignalToNoiseRatio', 'DENOISED')],
            {
              above: 1,
            },
            sizesOf(left, right),
          ),
        ),
    },
    {
      id: 'ahead-in-ssim',
      expectation: 'Its strokes are sharper: its SSIM is more than 0.05 higher.',
      noun: 'pairs of runs',
      needs,
      cases: (runs) =>
        pairs(runs).map(({ left, right }) =>
          differenceCase(
            [measured(right, 'structuralSimilarity', 'DENOISED'), measured(left, 'structuralSimilarity', 'DENOISED')],
            {
              above: 0.05,
            },
            sizesOf(left, right),
          ),
        ),
    },
    aheadOfLinear('architectures'),
  ],
  'median-filter': filterClaims(2),
  'median-filter-clothes': filterClaims(1),
}
