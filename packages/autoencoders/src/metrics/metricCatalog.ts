import { PSNR_CEILING } from './peakSignalToNoiseRatio.js'

export interface MetricDescription {
  readonly id: string
  readonly title: string
  /** What one unit of it is; null for pure numbers. */
  readonly unit: string | null
  /** One sentence: what it says. */
  readonly description: string
  /** As plain text. */
  readonly formula: string
  /** Which way is better; null where it only describes. */
  readonly better: 'lower' | 'higher' | null
}

/** Every measured number, in the order of tables. All but those of the subject TRAINING are computed on held-out test examples. */
export const metricCatalog = [
  {
    id: 'meanSquaredError',
    title: 'MSE',
    unit: null,
    description: 'Mean squared difference between examples and their reconstructions, clipped to 0…1 for images.',
    formula: 'Σ (x − r)² / (n · size)',
    better: 'lower',
  },
  {
    id: 'unclippedMeanSquaredError',
    title: 'MSE, not clipped',
    unit: null,
    description: 'Mean squared difference with reconstructions as they come, also outside 0…1: what PCA is optimal for.',
    formula: 'Σ (x − r)² / (n · size)',
    better: 'lower',
  },
  {
    id: 'peakSignalToNoiseRatio',
    title: 'PSNR',
    unit: 'dB',
    description: `Mean over images of the ratio between the peak value 1 and the error of the image; ${PSNR_CEILING} dB stands for no error.`,
    formula: 'mean of 10 log₁₀(1 / MSE of the image)',
    better: 'higher',
  },
  {
    id: 'structuralSimilarity',
    title: 'SSIM',
    unit: null,
    description:
      'Structural similarity in Gaussian windows of 11 × 11 pixels, closer to what eyes see than a squared error; 1 is equality.',
    formula: 'mean of (2 μₓμᵣ + c₁)(2 σₓᵣ + c₂) / ((μₓ² + μᵣ² + c₁)(σₓ² + σᵣ² + c₂))',
    better: 'higher',
  },
  {
    id: 'linearProbeAccuracy',
    title: 'Linear probe',
    unit: null,
    description:
      'Share of test examples whose class a linear classifier tells from the codes: how ready the features are for a supervised task.',
    formula: 'accuracy of multinomial logistic regression with λ/2 ‖W‖² on codes centred and divided by one common spread',
    better: 'higher',
  },
  {
    id: 'kMeansNormalizedMutualInformation',
    title: 'k-means NMI',
    unit: null,
    description: 'How much clusters of codes, found without labels, tell of the classes: 0 nothing, 1 everything.',
    formula: '2 I(clusters; classes) / (H(clusters) + H(classes))',
    better: 'higher',
  },
  {
    id: 'kMeansAdjustedRandIndex',
    title: 'k-means ARI',
    unit: null,
    description: 'How many pairs of examples clusters and classes put together alike, corrected for chance: 0 is chance, 1 equality.',
    formula: '(Σ C(nᵢⱼ, 2) − E) / (½ (Σ C(aᵢ, 2) + Σ C(bⱼ, 2)) − E)',
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
    description:
      'Share of code units that vary between examples; the others have collapsed. Codes with a prior are measured by its variance, others, whose scale is arbitrary, by their largest.',
    formula: 'share of units with Var(zⱼ) > 0.01 · scale; scale 1 with a prior, else max Var(zⱼ)',
    better: null,
  },
  {
    id: 'onShare',
    title: 'Units on',
    unit: null,
    description: 'Share of the units that are on for one example: near 0 for a sparse code.',
    formula: 'mean share of units with |zⱼ| > 0.1 · max |zⱼ|',
    better: null,
  },
  {
    id: 'jacobianNorm',
    title: 'Jacobian norm',
    unit: null,
    description: 'How much the code answers to small changes of the input in any direction, which a contractive penalty lowers.',
    formula: 'mean of ‖∂f/∂x‖_F',
    better: 'lower',
  },
  {
    id: 'noiseMeanSquaredError',
    title: 'MSE on noise',
    unit: null,
    description: 'Error on images of uniform noise: as low as on real ones where the autoencoder has learned to copy.',
    formula: 'Σ (x − r)² / (n · size), x uniform in 0…1',
    better: null,
  },
  {
    id: 'subspaceAngle',
    title: 'Largest angle to PCA',
    unit: 'rad',
    description:
      'Largest principal angle between the space of a linear decoder and that of as many principal components; 0 is the same space.',
    formula: 'arccos of the smallest singular value of Q₁ᵀQ₂',
    better: null,
  },
  {
    id: 'klDivergence',
    title: 'KL divergence',
    unit: 'nats',
    description: 'What the codes of a variational autoencoder tell beyond the prior, summed over dimensions.',
    formula: 'Σⱼ mean of ½ (μⱼ² + σⱼ² − 1 − ln σⱼ²)',
    better: null,
  },
  {
    id: 'bitsPerPixel',
    title: 'Bits per pixel',
    unit: 'bit/pixel',
    description:
      'Negative log-likelihood of Bernoulli pixels given their code; of a variational autoencoder the negative evidence lower bound, which counts the code as well.',
    formula: 'NLL / (size · ln 2)',
    better: 'lower',
  },
  {
    id: 'inpaintingMeanSquaredError',
    title: 'Inpainting MSE',
    unit: null,
    description: 'Error on the missing lower half of test images that was filled in by repeatedly encoding and decoding.',
    formula: 'Σ (x − r)² over missing pixels / their number',
    better: 'lower',
  },
] as const satisfies readonly MetricDescription[]

export type MetricId = (typeof metricCatalog)[number]['id']
