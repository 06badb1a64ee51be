import {
  adam,
  ariOverPca,
  ariOverVariational,
  bernoulliPixels,
  bestAt,
  betaOf,
  coarsestIsBehind,
  collapsed,
  contracts,
  dense,
  each,
  few,
  gain,
  gaussianPixels,
  inpainted,
  layered,
  learned,
  leavesComponents,
  looked,
  mse,
  nmiOverPca,
  nmiOverVariational,
  noises,
  of,
  ofNoise,
  overLinear,
  overMedian,
  pairs,
  passedOn,
  plain,
  probe,
  psnr,
  rates,
  raw,
  salt,
  smaller,
  sparsifies,
  ssim,
  steps,
  stepsTaken,
  stretches,
  task,
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
  'denoising-sweep': {
    'large-codes-denoise': each(
      (run) => mse(run, 'DENOISED') / mse(run, 'CORRUPTED') < 0.5,
      (run) => !smaller(run),
    ),
    'small-codes-denoise': each((run) => mse(run, 'DENOISED') / mse(run, 'CORRUPTED') < 0.5, smaller),
    'small-codes-lose-detail': pairs(
      (run) => units(run) === 64,
      (run) => units(run) === 8,
      (a, b) => psnr(a) - psnr(b) > 2,
      task,
    ),
    'ahead-of-filter': each((run) => gain(run) > 0),
    'ahead-of-small-pca': each((run) => psnr(run) > psnr(run, 'CORRUPTED_PCA'), leavesComponents),
    'ahead-of-linear': overLinear,
  },
  'noise-sweep': {
    'worse-in-order': steps(
      ({ config }) => config.corruption.uniform?.amplitude,
      (less, more) => psnr(less) - psnr(more) > 0.5,
    ),
    'beyond-the-eye': each(
      (run) => gain(run) > 4,
      ({ config }) => config.corruption.uniform?.amplitude === 2,
    ),
    'ahead-of-linear': overLinear,
  },
  corruptions: {
    'ahead-of-filter': each((run) => gain(run) > 1),
    'least-with-salt-and-pepper': pairs(
      (run) => !salt(run),
      salt,
      (other, run) => gain(other) > gain(run),
    ),
    'ahead-of-linear': overLinear,
  },
  'vector-field': {
    'towards-the-curve': each((run) => (run.analysis?.vectorField?.meanCosine ?? Number.NaN) > 0.75, noises),
    'short-on-the-curve': each((run) => (run.analysis?.vectorField?.stepOnCurve ?? Number.NaN) < 0.5, noises),
    'insensitive-across': each(
      ({ analysis }) => (analysis?.stepResponse?.across[0] ?? Number.NaN) / (analysis?.stepResponse?.along[0] ?? Number.NaN) < 0.5,
      noises,
    ),
  },
  convolutional: {
    'ahead-in-psnr': pairs(
      (run) => Boolean(dense(run)),
      (run) => !dense(run),
      (a, b) => psnr(b) - psnr(a) > 1,
      task,
    ),
    'ahead-in-ssim': pairs(
      (run) => Boolean(dense(run)),
      (run) => !dense(run),
      (a, b) => ssim(b, 'DENOISED') - ssim(a, 'DENOISED') > 0.05,
      task,
    ),
    'ahead-of-linear': overLinear,
  },
  'median-filter': overMedian(2),
  'median-filter-clothes': overMedian(1),
  pretraining: {
    'lower-test-error': each(
      ({ analysis }) => (analysis?.fineTuning?.pretrainedTestError ?? Number.NaN) < (analysis?.fineTuning?.randomTestError ?? Number.NaN),
    ),
  },
  likelihoods: {
    'smaller-error': pairs(gaussianPixels, bernoulliPixels, (a, b) => mse(b) / mse(a) < 0.95),
    'higher-ssim': pairs(gaussianPixels, bernoulliPixels, (a, b) => ssim(b) - ssim(a) > 0.05),
    'outside-the-range': each((run) => raw(run) - mse(run) > 0.0005, gaussianPixels),
  },
  beta: {
    'units-collapse': steps(
      (run) => ((betaOf(run) ?? 0) >= 1 ? betaOf(run) : undefined),
      (less, more) => collapsed(more) > collapsed(less),
    ),
    averages: each(
      (run) => mse(run) / mse(run, 'MEAN_IMAGE') > 0.7,
      (run) => betaOf(run) === 16,
    ),
    faithful: each(
      (run) => mse(run) / mse(run, 'MEAN_IMAGE') < 0.25,
      (run) => betaOf(run) === 0.25,
    ),
  },
  inpainting: {
    'variational-closer': each(
      (run) => inpainted(run) < 0.8,
      (run) => betaOf(run) !== undefined,
    ),
    'deterministic-further': each((run) => inpainted(run) > 1.2, plain),
  },
  features: {
    'denoising-ahead': each((run) => within(probe(run) - probe(run, 'PCA'), 0.03, 0.2), noises),
    'deep-like-pca': each(
      (run) => within(probe(run) - probe(run, 'PCA'), -0.02, 0.03),
      (run) => plain(run) && layered(run),
    ),
    'linear-like-pca': each(
      (run) => within(probe(run) - probe(run, 'PCA'), -0.02, 0.02),
      (run) => plain(run) && !layered(run),
    ),
  },
  clustering: {
    'deep-over-pca-nmi': nmiOverPca,
    'deep-over-variational-nmi': nmiOverVariational,
    'deep-over-pca-ari': ariOverPca,
    'deep-over-variational-ari': ariOverVariational,
  },
  compression: {
    'ahead-of-pca': (runs) => rates.map((bits) => bestAt(runs, 'MODEL', bits) > bestAt(runs, 'PCA', bits)),
    'ahead-of-jpeg': (runs) =>
      rates
        .filter((bits) => Number.isFinite(bestAt(runs, 'JPEG', bits)))
        .map((bits) => bestAt(runs, 'MODEL', bits) > bestAt(runs, 'JPEG', bits)),
    'jpeg-goes-on': (runs) => [bestAt(runs, 'JPEG', 9) - bestAt(runs, 'MODEL', 9) > 3],
    'too-coarse': each(coarsestIsBehind, (run) => units(run) === 64),
  },
}

/**
 * Works out a claim: for how many of how many cases it holds; null for what only an eye can tell.
 * @param {string} preset @param {string} claim @param {readonly Run[]} runs
 */
export function workOut(preset, claim, runs) {
  const cases = apart[preset]?.[claim]?.(runs)
  return cases ? { cases: cases.length, held: cases.filter(Boolean).length } : null
}
