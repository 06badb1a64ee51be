import { examplesOf } from '../config/examplesOf.js'
import { isMiniBatch, stepsPerEpoch } from '../config/optimizerRowOf.js'
import { type Case, differenceCase, ratioCase, valueCase } from './Case.js'
import type { Claim } from './Claim.js'
import { pairsOf } from './comparedRuns.js'
import { isDenoising, isPlain, type RunFacts } from './RunFacts.js'
import { measured, ofLastEpoch, workedOut } from './Term.js'

const isSparse = ({ config: { regularizer } }: RunFacts) => regularizer.kind === 'l1' || regularizer.kind === 'klSparsity'
const isContractive = ({ config: { regularizer } }: RunFacts) => regularizer.kind === 'contractive'
const hasWeight10 = ({ config: { regularizer } }: RunFacts) => regularizer.kind === 'contractive' && regularizer.weight === 10
const byLbfgs = ({ config: { optimizer } }: RunFacts) => optimizer.kind === 'lbfgs'
const byAdam = ({ config: { optimizer } }: RunFacts) => optimizer.kind === 'adam'

/** Counts the steps that a run takes. */
function stepsOf({ config }: RunFacts): number {
  return config.training.epochs * stepsPerEpoch(config, examplesOf(config).train)
}

/** Counts the examples that all steps look at together; searches along a line, which look at more, are not counted. */
function examplesSeen(run: RunFacts): number {
  const { train } = examplesOf(run.config)
  return (isMiniBatch(run.config.optimizer) ? run.config.training.epochs : stepsOf(run)) * train
}

const needsContractive = 'a run without a penalty and one with λ = 10, of the same data, code size and seed'
const contractivePairs = (runs: readonly RunFacts[]) => pairsOf(runs, { left: isPlain, right: hasWeight10 })
const lbfgsPairs = (runs: readonly RunFacts[]) =>
  pairsOf(runs, { left: (run) => isContractive(run) && byAdam(run), right: (run) => isContractive(run) && byLbfgs(run) })
const noisyAndContractive = (runs: readonly RunFacts[]) =>
  pairsOf(runs, { left: (run) => isDenoising(run) && byAdam(run), right: (run) => isContractive(run) && byAdam(run) })
const needsTwo = 'a denoising and a contractive run by Adam, of the same data, code size and seed'
/** What of a change of the code the decoder leaves in the reconstruction, both in proportion to how far apart codes and reconstructions lie. */
function passedOn(run: RunFacts) {
  const [whole, encoder] = [measured(run, 'scaledReconstructionJacobianNorm').value, measured(run, 'scaledJacobianNorm').value]
  return workedOut({ title: 'share that the decoder passes on', runs: run, value: whole === null || !encoder ? null : whole / encoder })
}
const normOverPlain = (runs: readonly RunFacts[], right: (run: RunFacts) => boolean): Case[] =>
  pairsOf(runs, { left: (run) => isPlain(run) && byAdam(run), right: (run) => right(run) && byAdam(run) }).map((pair) =>
    ratioCase([measured(pair.right, 'jacobianNorm'), measured(pair.left, 'jacobianNorm')], { below: 0.6 }, pair.right.label),
  )

/** Of autoencoders kept from copying by a penalty. */
export const regularized: Readonly<Record<string, readonly Claim[]>> = {
  sparse: [
    {
      id: 'dense-without',
      expectation: 'Without a penalty the mean activation of a unit is about a half: between 0.4 and 0.6.',
      needs: 'a run without a penalty',
      cases: (runs) => runs.filter(isPlain).map((run) => valueCase(measured(run, 'meanActivation'), { above: 0.4, below: 0.6 })),
    },
    {
      id: 'sparse-with',
      expectation: 'With a penalty the mean activation is a few hundredths: below 0.08.',
      noun: 'penalties',
      needs: 'a run with a sparsity penalty',
      cases: (runs) => runs.filter(isSparse).map((run) => valueCase(measured(run, 'meanActivation'), { below: 0.08 })),
    },
    {
      id: 'few-on',
      expectation: 'With a penalty few units are on for each digit: less than a quarter of them.',
      noun: 'penalties',
      needs: 'a run with a sparsity penalty',
      cases: (runs) => runs.filter(isSparse).map((run) => valueCase(measured(run, 'onShare'), { below: 0.25 })),
    },
    {
      id: 'legible',
      expectation: 'The digits stay legible with a penalty: their SSIM is above 0.7.',
      noun: 'penalties',
      needs: 'a run with a sparsity penalty',
      cases: (runs) => runs.filter(isSparse).map((run) => valueCase(measured(run, 'structuralSimilarity'), { above: 0.7 })),
    },
  ],
  contractive: [
    {
      id: 'smaller-norm',
      expectation: 'With λ = 10 the mean Jacobian norm is more than nine times smaller than without a penalty.',
      noun: 'pairs of runs',
      needs: needsContractive,
      cases: (runs) =>
        contractivePairs(runs).map(({ left, right }) =>
          ratioCase([measured(left, 'jacobianNorm'), measured(right, 'jacobianNorm')], { above: 9 }, right.label),
        ),
    },
    {
      id: 'smaller-scaled-norm',
      expectation: 'Not all of that is a smaller scale of the code: the scaled norm is more than 1.5 times smaller, too.',
      noun: 'pairs of runs',
      needs: needsContractive,
      cases: (runs) =>
        contractivePairs(runs).map(({ left, right }) =>
          ratioCase([measured(left, 'scaledJacobianNorm'), measured(right, 'scaledJacobianNorm')], { above: 1.5 }, right.label),
        ),
    },
    {
      id: 'similar-error',
      expectation: 'The error grows by less than 30 %.',
      noun: 'pairs of runs',
      needs: needsContractive,
      cases: (runs) =>
        contractivePairs(runs).map(({ left, right }) =>
          ratioCase(
            [measured(right, 'unclippedMeanSquaredError'), measured(left, 'unclippedMeanSquaredError')],
            { below: 1.3 },
            right.label,
          ),
        ),
    },
  ],
  'dae-cae': [
    {
      id: 'few-steps',
      expectation: 'L-BFGS takes less than one step for twenty of Adam’s.',
      noun: 'pairs of runs',
      needs: 'a contractive run by Adam and one by L-BFGS, of the same data, code size and seed',
      cases: (runs) =>
        lbfgsPairs(runs).map(({ left, right }) =>
          ratioCase(
            [
              workedOut({ title: 'steps', runs: left, value: stepsOf(left) }),
              workedOut({ title: 'steps', runs: right, value: stepsOf(right) }),
            ],
            { above: 20 },
            right.label,
          ),
        ),
    },
    {
      id: 'more-examples',
      expectation: 'It sees more examples for that: each of its steps looks at all of them, which in all are more than four times as many.',
      noun: 'pairs of runs',
      needs: 'a contractive run by Adam and one by L-BFGS, of the same data, code size and seed',
      cases: (runs) =>
        lbfgsPairs(runs).map(({ left, right }) =>
          ratioCase(
            [
              workedOut({ title: 'examples seen', runs: right, value: examplesSeen(right) }),
              workedOut({ title: 'examples seen', runs: left, value: examplesSeen(left) }),
            ],
            { above: 4 },
            right.label,
          ),
        ),
    },
    {
      id: 'as-far',
      expectation: 'L-BFGS comes about as far on the contractive objective: to less than 1.1 times that of Adam.',
      noun: 'pairs of runs',
      needs: 'a contractive run by Adam and one by L-BFGS, of the same data, code size and seed',
      cases: (runs) =>
        lbfgsPairs(runs).map(({ left, right }) =>
          ratioCase([ofLastEpoch(right, 'trainLoss'), ofLastEpoch(left, 'trainLoss')], { below: 1.1 }, right.label),
        ),
    },
    {
      id: 'denoises',
      expectation: 'The denoising one takes more than 2 dB of noise away.',
      needs: 'a denoising run',
      cases: (runs) =>
        runs.filter(isDenoising).map((run) =>
          differenceCase([measured(run, 'peakSignalToNoiseRatio', 'DENOISED'), measured(run, 'peakSignalToNoiseRatio', 'CORRUPTED')], {
            above: 2,
          }),
        ),
    },
    {
      id: 'denoising-contracts',
      expectation: 'Noise alone makes the Jacobian norm less than 0.6 times that of the plain one.',
      noun: 'pairs of runs',
      needs: 'a plain and a denoising run by Adam, of the same data, code size and seed',
      cases: (runs) => normOverPlain(runs, isDenoising),
    },
    {
      id: 'penalty-contracts',
      expectation: 'So does the contractive penalty: it is less than 0.6 times that of the plain one, too.',
      noun: 'pairs of runs',
      needs: 'a plain and a contractive run by Adam, of the same data, code size and seed',
      cases: (runs) => normOverPlain(runs, isContractive),
    },
    {
      id: 'encoder-resists',
      expectation:
        'The penalty makes the encoder resist, free of the code’s scale too: the scaled norm is less than 0.7 times the plain one’s.',
      noun: 'pairs of runs',
      needs: 'a plain and a contractive run by Adam, of the same data, code size and seed',
      cases: (runs) =>
        pairsOf(runs, { left: (run) => isPlain(run) && byAdam(run), right: (run) => isContractive(run) && byAdam(run) }).map(
          ({ left, right }) =>
            ratioCase([measured(right, 'scaledJacobianNorm'), measured(left, 'scaledJacobianNorm')], { below: 0.7 }, right.label),
        ),
    },
    {
      id: 'whole-resists',
      expectation: 'Noise makes the whole reconstruction resist more than the penalty does: its Jacobian is less than 0.9 times as large.',
      noun: 'pairs of runs',
      needs: needsTwo,
      cases: (runs) =>
        noisyAndContractive(runs).map(({ left, right }) =>
          ratioCase(
            [measured(left, 'reconstructionJacobianNorm'), measured(right, 'reconstructionJacobianNorm')],
            { below: 0.9 },
            left.label,
          ),
        ),
    },
    {
      id: 'decoder-resists',
      expectation: 'The decoder has a part in that: it passes on less than 0.95 times as much of a change of the code.',
      noun: 'pairs of runs',
      needs: needsTwo,
      cases: (runs) =>
        noisyAndContractive(runs).map(({ left, right }) => ratioCase([passedOn(left), passedOn(right)], { below: 0.95 }, left.label)),
    },
  ],
}
