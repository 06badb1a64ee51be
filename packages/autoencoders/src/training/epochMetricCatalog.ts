import type { MetricDescription } from '../metrics/metricCatalog.js'

/** What every epoch measures on the test examples beside its losses, in the order of tables; null where it does not apply. */
export const epochMetricCatalog = [
  {
    id: 'validationReconstructionError',
    title: 'Reconstruction error',
    unit: null,
    description: 'The part of the validation loss that is the reconstruction error; regularizer and divergence add the rest.',
    formula: 'mean of L(x, r)',
    better: 'lower',
  },
  {
    id: 'peakSignalToNoiseRatio',
    title: 'PSNR',
    unit: 'dB',
    description: 'Mean over test images of the ratio between the peak value 1 and the error of the image.',
    formula: 'mean of 10 log₁₀(1 / MSE of the image)',
    better: 'higher',
  },
  {
    id: 'meanActivation',
    title: 'Mean activation',
    unit: null,
    description: 'Mean value of the code units over test examples, which sparsity penalties lower.',
    formula: 'Σ zⱼ / (n · units)',
    better: null,
  },
  {
    id: 'activeUnitShare',
    title: 'Active units',
    unit: null,
    description: 'Share of code units that vary at all between test examples; the others have collapsed.',
    formula: 'share of units with Var(zⱼ) > 0.01',
    better: null,
  },
  {
    id: 'divergence',
    title: 'KL divergence',
    unit: 'nats',
    description: 'What the codes of a variational autoencoder tell beyond the prior, summed over units.',
    formula: 'Σⱼ mean of ½ (μⱼ² + σⱼ² − 1 − ln σⱼ²)',
    better: null,
  },
  {
    id: 'bitsPerPixel',
    title: 'Bits per pixel',
    unit: 'bit/pixel',
    description: 'Negative evidence lower bound of a variational autoencoder with Bernoulli outputs, per pixel.',
    formula: '−ELBO / (size · ln 2)',
    better: 'lower',
  },
] as const satisfies readonly MetricDescription[]

export type EpochMetricId = (typeof epochMetricCatalog)[number]['id']
