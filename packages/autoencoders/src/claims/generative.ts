import { differenceCase, ratioCase } from './Case.js'
import type { Claim } from './Claim.js'
import { neighboursOf, type Pair, pairsOf } from './comparedRuns.js'
import { errorOverMeanImage } from './errors.js'
import { codeSize, isPlain, isVariational, type RunFacts } from './RunFacts.js'
import { measured, workedOut } from './Term.js'

const betaOf = ({ config: { architecture } }: RunFacts) =>
  architecture.kind === 'dense' && architecture.encoder.kind === 'variational' ? architecture.encoder.beta : undefined

/** Counts the code units that carry nothing. */
function collapsed(run: RunFacts) {
  const { value } = measured(run, 'activeUnitShare')
  return workedOut({ title: 'collapsed units', runs: run, value: value === null ? null : Math.round(codeSize(run) * (1 - value)) })
}

const isGaussian = ({ config: { loss, architecture } }: RunFacts) =>
  loss === 'meanSquaredError' && architecture.outputActivation === 'linear'
const isBernoulli = ({ config: { loss, architecture } }: RunFacts) =>
  loss === 'binaryCrossEntropy' && architecture.outputActivation === 'sigmoid'
const likelihoods = (runs: readonly RunFacts[]): readonly Pair[] => pairsOf(runs, { left: isGaussian, right: isBernoulli })
const needsBoth = 'a run with Gaussian and one with Bernoulli pixels, of the same data, code size and seed'

function inpainted(run: RunFacts, bounds: { readonly above?: number; readonly below?: number }) {
  const inpainting = run.analysis?.inpainting
  return ratioCase(
    [
      workedOut({ title: 'error on the missing half', runs: run, value: inpainting?.meanSquaredError }),
      workedOut({ title: 'the mean image’s', runs: run, value: inpainting?.meanImageMeanSquaredError }),
    ],
    bounds,
  )
}

/** Of autoencoders with a prior over codes. */
export const generative: Readonly<Record<string, readonly Claim[]>> = {
  likelihoods: [
    {
      id: 'smaller-error',
      expectation: 'Bernoulli outputs have the smaller squared error, by more than 5 %.',
      noun: 'pairs of runs',
      needs: needsBoth,
      cases: (runs) =>
        likelihoods(runs).map(({ left, right }) =>
          ratioCase([measured(right, 'meanSquaredError'), measured(left, 'meanSquaredError')], { below: 0.95 }),
        ),
    },
    {
      id: 'higher-ssim',
      expectation: 'Bernoulli outputs have the higher SSIM, by more than 0.05.',
      noun: 'pairs of runs',
      needs: needsBoth,
      cases: (runs) =>
        likelihoods(runs).map(({ left, right }) =>
          differenceCase([measured(right, 'structuralSimilarity'), measured(left, 'structuralSimilarity')], { above: 0.05 }),
        ),
    },
    {
      id: 'outside-the-range',
      expectation: 'Gaussian outputs leave shadows below 0 and above 1: more than 0.0005 of their error lies there.',
      needs: 'a run with Gaussian pixels',
      cases: (runs) =>
        runs
          .filter(isGaussian)
          .map((run) => differenceCase([measured(run, 'unclippedMeanSquaredError'), measured(run, 'meanSquaredError')], { above: 0.0005 })),
    },
  ],
  variational: [
    {
      id: 'new-digits',
      expectation: 'Codes drawn from the prior decode to digits that nobody wrote.',
      needs: 'a variational run',
    },
  ],
  beta: [
    {
      id: 'units-collapse',
      expectation: 'From β = 1 on, each larger β collapses more code units than the one before.',
      noun: 'steps',
      needs: 'two variational runs of different β of 1 or more, of the same data, code size and seed',
      cases: (runs) =>
        neighboursOf(runs, { by: (run) => ((betaOf(run) ?? 0) >= 1 ? betaOf(run) : undefined) }).map(({ left, right }) =>
          differenceCase([collapsed(right), collapsed(left)], { above: 0 }),
        ),
    },
    {
      id: 'averages',
      expectation: 'With β = 16 reconstructions become averages: their error is more than 0.7 times that of the mean image.',
      needs: 'a variational run of β = 16',
      cases: (runs) => runs.filter((run) => betaOf(run) === 16).map((run) => errorOverMeanImage(run, { above: 0.7 })),
    },
    {
      id: 'faithful',
      expectation: 'With β = 0.25 they are faithful: less than a quarter of the mean image’s error.',
      needs: 'a variational run of β = 0.25',
      cases: (runs) => runs.filter((run) => betaOf(run) === 0.25).map((run) => errorOverMeanImage(run, { below: 0.25 })),
    },
  ],
  inpainting: [
    {
      id: 'variational-closer',
      expectation: 'The mean of what the variational one fills in has less than 0.8 times the error of the mean image.',
      needs: 'a variational run',
      cases: (runs) => runs.filter(isVariational).map((run) => inpainted(run, { below: 0.8 })),
    },
    {
      id: 'deterministic-further',
      expectation: 'The deterministic one’s single answer has more than 1.2 times that error.',
      needs: 'a deterministic run',
      cases: (runs) => runs.filter(isPlain).map((run) => inpainted(run, { above: 1.2 })),
    },
  ],
}
