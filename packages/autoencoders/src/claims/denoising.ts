import { type Case, differenceCase, ratioCase, valueCase } from './Case.js'
import type { Claim } from './Claim.js'
import { neighboursOf, pairsOf } from './comparedRuns.js'
import { aheadOfFilter, aheadOfLinear, isBelowRank } from './errors.js'
import { codeSize, isDenoising, type RunFacts } from './RunFacts.js'
import { measured, workedOut } from './Term.js'

const denoised = (run: RunFacts) => measured(run, 'peakSignalToNoiseRatio', 'DENOISED')
const ofSize = (size: number) => (run: RunFacts) => isDenoising(run) && codeSize(run) === size
const amplitudeOf = ({ config: { corruption } }: RunFacts) => (corruption.kind === 'uniform' ? corruption.amplitude : undefined)
const isSaltAndPepper = ({ config: { corruption } }: RunFacts) => corruption.kind === 'saltAndPepper'
const dataAndSeed = ({ config: { data, training } }: RunFacts) => JSON.stringify([data, training.seed])

/** Sets the error that is left over that of the corrupted images, both clipped to 0…1. */
const errorLeft = (run: RunFacts): Case =>
  ratioCase([measured(run, 'meanSquaredError', 'DENOISED'), measured(run, 'meanSquaredError', 'CORRUPTED')], { below: 0.5 })

/** Decibels over the median filter. */
function gainOf(run: RunFacts) {
  const [own, filter] = [denoised(run).value, measured(run, 'peakSignalToNoiseRatio', 'MEDIAN_FILTER').value]
  return workedOut({ title: 'PSNR over the filter’s', runs: run, value: own === null || filter === null ? null : own - filter, unit: 'dB' })
}

/** Of autoencoders that undo noise. */
export const denoising: Readonly<Record<string, readonly Claim[]>> = {
  'denoising-sweep': [
    {
      id: 'large-codes-denoise',
      expectation: 'Codes of 64 units and more take most of the noise away: less than half of the corrupted images’ error is left.',
      noun: 'code sizes',
      needs: 'a denoising run of 64 code units or more',
      cases: (runs) => runs.filter((run) => isDenoising(run) && codeSize(run) >= 64).map(errorLeft),
    },
    {
      id: 'small-codes-denoise',
      expectation: 'So do smaller codes: less than half of that error is left.',
      noun: 'code sizes',
      needs: 'a denoising run of fewer than 64 code units',
      cases: (runs) => runs.filter((run) => isDenoising(run) && codeSize(run) < 64).map(errorLeft),
    },
    {
      id: 'small-codes-lose-detail',
      expectation: 'The smallest codes remove details of the digits too: 8 units are more than 2 dB behind 64.',
      noun: 'pairs of runs',
      needs: 'denoising runs of 64 and of 8 code units, of the same data and seed',
      cases: (runs) =>
        pairsOf(runs, { left: ofSize(64), right: ofSize(8), shared: dataAndSeed }).map(({ left, right }) =>
          differenceCase([denoised(left), denoised(right)], { above: 2 }),
        ),
    },
    {
      id: 'ahead-of-filter',
      expectation: 'Every code size is ahead of a median filter in PSNR.',
      noun: 'code sizes',
      needs: 'a denoising run',
      cases: (runs) => runs.filter(isDenoising).map((run) => aheadOfFilter(run, 'peakSignalToNoiseRatio', 0)),
    },
    {
      id: 'ahead-of-small-pca',
      expectation: 'Every code size that PCA can have as many components as is ahead of that PCA in PSNR, given the same corrupted images.',
      noun: 'code sizes',
      needs: 'a denoising run of fewer code units than there are principal components',
      cases: (runs) =>
        runs
          .filter((run) => isDenoising(run) && isBelowRank(run))
          .map((run) => differenceCase([denoised(run), measured(run, 'peakSignalToNoiseRatio', 'CORRUPTED_PCA')], { above: 0 })),
    },
    aheadOfLinear('code sizes'),
  ],
  'noise-sweep': [
    {
      id: 'worse-in-order',
      expectation: 'The results get worse in the order of the noise, by more than 0.5 dB each time.',
      noun: 'steps',
      needs: 'two runs of different uniform noise, of the same data, code size and seed',
      cases: (runs) =>
        neighboursOf(runs, { by: amplitudeOf }).map(({ left, right }) => differenceCase([denoised(left), denoised(right)], { above: 0.5 })),
    },
    {
      id: 'beyond-the-eye',
      expectation: 'From noise of ±2 digits still come back: more than 4 dB ahead of a median filter.',
      needs: 'a run with noise of ±2',
      cases: (runs) => runs.filter((run) => amplitudeOf(run) === 2).map((run) => aheadOfFilter(run, 'peakSignalToNoiseRatio', 4)),
    },
    aheadOfLinear('amounts of noise'),
  ],
  corruptions: [
    {
      id: 'ahead-of-filter',
      expectation: 'Every model is more than 1 dB ahead of the median filter.',
      noun: 'corruptions',
      needs: 'a denoising run',
      cases: (runs) => runs.filter(isDenoising).map((run) => aheadOfFilter(run, 'peakSignalToNoiseRatio', 1)),
    },
    {
      id: 'least-with-salt-and-pepper',
      expectation: 'It is least ahead with salt and pepper, which the filter is made for.',
      noun: 'other corruptions',
      needs: 'a run with salt and pepper and one with another corruption, of the same data, code size and seed',
      cases: (runs) =>
        pairsOf(runs, { left: (run) => isDenoising(run) && !isSaltAndPepper(run), right: isSaltAndPepper }).map(({ left, right }) =>
          differenceCase([gainOf(left), gainOf(right)], { above: 0 }, left.label),
        ),
    },
    aheadOfLinear('corruptions'),
  ],
  'vector-field': [
    {
      id: 'towards-the-curve',
      expectation: 'Beside the curve the arrows point to it: their mean cosine with the way there is above 0.75.',
      noun: 'curves',
      needs: 'a run that takes Gaussian noise from a curve of the plane',
      cases: (runs) =>
        runs
          .filter(isDenoising)
          .map((run) =>
            valueCase(workedOut({ title: 'mean cosine', runs: run, value: run.analysis?.vectorField?.meanCosine }), { above: 0.75 }),
          ),
    },
    {
      id: 'short-on-the-curve',
      expectation: 'On the curve they are short: less than half of the noise’s standard deviation.',
      noun: 'curves',
      needs: 'a run that takes Gaussian noise from a curve of the plane',
      cases: (runs) =>
        runs.filter(isDenoising).map((run) =>
          valueCase(workedOut({ title: 'step over the noise’s σ', runs: run, value: run.analysis?.vectorField?.stepOnCurve }), {
            below: 0.5,
          }),
        ),
    },
    {
      id: 'insensitive-across',
      expectation: 'A short step across the curve changes the reconstruction less than half as much as one along it.',
      noun: 'curves',
      needs: 'a run that takes Gaussian noise from a curve of the plane',
      cases: (runs) =>
        runs.filter(isDenoising).map((run) => {
          const { along, across } = run.analysis?.stepResponse ?? {}
          const answered = (what: string, [first]: readonly number[] = []) =>
            workedOut({ title: `share of a step ${what} that is answered`, runs: run, value: first })
          return ratioCase([answered('across', across), answered('along', along)], { below: 0.5 })
        }),
    },
  ],
}
