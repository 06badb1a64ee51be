import { apartFromNoise } from './apartFromNoise.mjs'
import {
  adam,
  contracts,
  each,
  few,
  learned,
  looked,
  mse,
  noises,
  of,
  ofNoise,
  pairs,
  passedOn,
  plain,
  probe,
  psnr,
  raw,
  sparsifies,
  ssim,
  stepsTaken,
  stretches,
  units,
  within,
} from './toldRuns.mjs'

/**
 * Works out once more, apart from the code that pages use, for how many runs or comparisons each claim of the chapter's experiments holds.
 * @typedef {import('./toldRuns.mjs').Run} Run
 * @typedef {import('./toldRuns.mjs').Worked} Worked
 */

/** By experiment and claim. @type {Readonly<Record<string, Readonly<Record<string, Worked>>>>} */
export const apart = {
  demo: { 'below-pca': each((run) => mse(run) / mse(run, 'PCA') < 0.9) },
  pca: { 'is-pca': each((run) => within(mse(run) / mse(run, 'PCA'), 0.999, 1.001)) },
  'pca-plane': {
    'error-of-pca': each((run) => within(raw(run) / raw(run, 'PCA'), 0.98, 1.02), learned),
    'along-the-component': each((run) => (of(run, 'subspaceAngle') * 180) / Math.PI < 3, learned),
  },
  'undercomplete-sweep': {
    'large-codes': each(
      (run) => ssim(run) > 0.85,
      (run) => units(run) >= 64,
    ),
    'small-codes': each(
      (run) => ssim(run) < 0.55,
      (run) => units(run) <= 8,
    ),
    'one-number': each(
      (run) => within(mse(run) / mse(run, 'MEAN_IMAGE'), 0.85, 1),
      (run) => units(run) === 1,
    ),
  },
  'undercomplete-deep-sweep': {
    'below-pca': each((run) => mse(run) / mse(run, 'PCA') < 0.95),
    'eight-numbers': each(
      (run) => mse(run) / mse(run, 'PCA') < 0.6,
      (run) => units(run) === 8,
    ),
    legible: each(
      (run) => ssim(run) > 0.7,
      (run) => units(run) === 8,
    ),
  },
  'linear-sweep': {
    'error-of-pca': each((run) => within(raw(run) / raw(run, 'PCA'), 1, 1.02)),
    'subspace-of-pca': each((run) => (of(run, 'subspaceAngle') * 180) / Math.PI < 10),
  },
  undercomplete: { legible: each((run) => ssim(run) > 0.75) },
  linear: { 'error-of-pca': each((run) => within(raw(run) / raw(run, 'PCA'), 1, 1.03)) },
  overcomplete: {
    'copies-digits': each(
      (run) => mse(run) < 0.0003,
      (run) => !ofNoise(run),
    ),
    'copies-noise': each((run) => mse(run) < 0.0005, ofNoise),
    'copies-new-noise': each((run) => of(run, 'noiseMeanSquaredError') < 0.0005, ofNoise),
  },
  powerful: {
    'by-heart': each((run) => mse(run, 'TRAINING') / mse(run) < 0.2, few),
    'new-become-stored': each((run) => (run.analysis?.storedExamples?.share ?? Number.NaN) > 0.5, few),
  },
  'deep-2d': {
    'below-pca': each((run) => mse(run) / mse(run, 'PCA') < 0.85),
    'kinds-gather': each((run) => probe(run) / probe(run, 'PCA') > 1.2),
  },
  'two-moons': {
    curve: each((run) => mse(run) / mse(run, 'PCA') < 0.3),
    'one-after-the-other': each((run) => probe(run) > 0.9),
  },
  line: {
    copies: each((run) => within(of(run, 'reconstructionJacobianNorm'), 0.8, 1.2), plain),
    resists: each((run) => of(run, 'reconstructionJacobianNorm') < 0.3, noises),
  },
  tangents: {
    curve: each(
      (run) => mse(run) / mse(run, 'PCA') < 0.3,
      ({ config }) => config.data.dataset === 'two-moons',
    ),
    'whole-plane': each(
      (run) => stretches(run) > 0.3,
      (run) => run.config.data.dataset === 'circle' && units(run) === 2,
    ),
  },
  sparse: {
    'dense-without': each((run) => within(of(run, 'meanActivation'), 0.4, 0.6), plain),
    'sparse-with': each((run) => of(run, 'meanActivation') < 0.08, sparsifies),
    'few-on': each((run) => of(run, 'onShare') < 0.25, sparsifies),
    legible: each((run) => ssim(run) > 0.7, sparsifies),
  },
  contractive: {
    'smaller-norm': pairs(
      plain,
      ({ config }) => config.regularizer.contractive?.weight === 10,
      (a, b) => of(a, 'jacobianNorm') / of(b, 'jacobianNorm') > 9,
    ),
    'smaller-scaled-norm': pairs(
      plain,
      ({ config }) => config.regularizer.contractive?.weight === 10,
      (a, b) => of(a, 'scaledJacobianNorm') / of(b, 'scaledJacobianNorm') > 1.5,
    ),
    'similar-error': pairs(
      plain,
      ({ config }) => config.regularizer.contractive?.weight === 10,
      (a, b) => raw(b) / raw(a) < 1.3,
    ),
  },
  'dae-cae': {
    'few-steps': pairs(
      (run) => contracts(run) && adam(run),
      (run) => contracts(run) && !adam(run),
      (a, b) => stepsTaken(a) / stepsTaken(b) > 20,
    ),
    'more-examples': pairs(
      (run) => contracts(run) && adam(run),
      (run) => contracts(run) && !adam(run),
      (a, b) => looked(b) / looked(a) > 4,
    ),
    'as-far': pairs(
      (run) => contracts(run) && adam(run),
      (run) => contracts(run) && !adam(run),
      (a, b) => b.summary.trainLoss / a.summary.trainLoss < 1.1,
    ),
    denoises: each((run) => psnr(run) - psnr(run, 'CORRUPTED') > 2, noises),
    'denoising-contracts': pairs(
      (run) => plain(run) && adam(run),
      (run) => noises(run) && adam(run),
      (a, b) => of(b, 'jacobianNorm') / of(a, 'jacobianNorm') < 0.6,
    ),
    'encoder-resists': pairs(
      (run) => plain(run) && adam(run),
      (run) => contracts(run) && adam(run),
      (a, b) => of(b, 'scaledJacobianNorm') / of(a, 'scaledJacobianNorm') < 0.7,
    ),
    'whole-resists': pairs(
      (run) => noises(run) && adam(run),
      (run) => contracts(run) && adam(run),
      (a, b) => of(a, 'reconstructionJacobianNorm') / of(b, 'reconstructionJacobianNorm') < 0.9,
    ),
    'decoder-resists': pairs(
      (run) => noises(run) && adam(run),
      (run) => contracts(run) && adam(run),
      (a, b) => passedOn(a) / passedOn(b) < 0.95,
    ),
    'penalty-contracts': pairs(
      (run) => plain(run) && adam(run),
      (run) => contracts(run) && adam(run),
      (a, b) => of(b, 'jacobianNorm') / of(a, 'jacobianNorm') < 0.6,
    ),
  },
  ...apartFromNoise,
}

/**
 * Works out a claim: for how many of how many cases it holds; null for what only an eye can tell.
 * @param {string} preset @param {string} claim @param {readonly Run[]} runs
 */
export function workOut(preset, claim, runs) {
  const cases = apart[preset]?.[claim]?.(runs)
  return cases ? { cases: cases.length, held: cases.filter(Boolean).length } : null
}
