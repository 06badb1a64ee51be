import {
  ariOverPca,
  ariOverVariational,
  bernoulliPixels,
  bestAt,
  betaOf,
  coarsestIsBehind,
  collapsed,
  dense,
  each,
  gain,
  gaussianPixels,
  inpainted,
  layered,
  leavesComponents,
  mse,
  nmiOverPca,
  nmiOverVariational,
  noises,
  overLinear,
  overMedian,
  pairs,
  plain,
  probe,
  psnr,
  rates,
  raw,
  salt,
  smaller,
  ssim,
  steps,
  task,
  units,
  within,
} from './toldRuns.mjs'

/** Experiments of denoising and of what follows it in the chapter, by claim. @type {Readonly<Record<string, Readonly<Record<string, import('./toldRuns.mjs').Worked>>>>} */
export const apartFromNoise = {
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
