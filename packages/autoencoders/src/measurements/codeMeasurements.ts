import type { Measurement } from './Measurement.js'

/** Least and greatest value of a share. */
const SHARE = [0, 1] as const
/** Of what is 1 for equality, and may fall below 0. */
const SIMILARITY = [-1, 1] as const

/** What codes tell of classes, how much of them is used, and how they answer to small changes. */
export const codeMeasurements = [
  {
    id: 'linearProbeAccuracy',
    at: 'analysis',
    role: 'metric',
    title: 'Linear probe',
    unit: null,
    description:
      'Share of test examples whose class a linear classifier tells from the codes: how ready the features are for a supervised task.',
    formula: 'accuracy of multinomial logistic regression with λ/2 ‖W‖² on codes centred and divided by one common spread',
    better: 'higher',
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'linearProbeRegularization',
    at: 'analysis',
    role: 'metric',
    title: 'Linear probe, λ',
    unit: null,
    description:
      'Weight of the linear classifier’s penalty: of a small grid the one that tells most of two fifths of the training labels from the others.',
    formula: 'λ of 0.1, 0.03, 0.01, 0.001',
    better: null,
    digits: 1,
  },
  {
    id: 'kMeansNormalizedMutualInformation',
    at: 'analysis',
    role: 'metric',
    title: 'k-means NMI',
    unit: null,
    description:
      'How much clusters of codes, found without labels, tell of the classes: 0 nothing, 1 everything. Distances are those of codes as they are: units on a larger scale count for more.',
    formula: '2 I(clusters; classes) / (H(clusters) + H(classes))',
    better: 'higher',
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'kMeansAdjustedRandIndex',
    at: 'analysis',
    role: 'metric',
    title: 'k-means ARI',
    unit: null,
    description:
      'How many pairs of examples clusters and classes put together alike, corrected for chance: 0 is chance, 1 equality. Distances are those of codes as they are.',
    formula: '(Σ C(nᵢⱼ, 2) − E) / (½ (Σ C(aᵢ, 2) + Σ C(bⱼ, 2)) − E)',
    better: 'higher',
    digits: 4,
    bounds: SIMILARITY,
  },
  {
    id: 'meanActivation',
    at: 'both',
    role: 'metric',
    title: 'Mean activation',
    unit: null,
    description: 'Mean value of the code units over the examples that are scored, which sparsity penalties lower.',
    formula: 'Σ zⱼ / (n · units)',
    better: null,
    digits: 4,
  },
  {
    id: 'activeUnitShare',
    at: 'both',
    role: 'metric',
    title: 'Active units',
    unit: null,
    description:
      'Code units that vary between examples, of all; the others have collapsed. Codes with a prior are measured by its variance, others, whose scale is arbitrary, by their largest.',
    formula: 'units with Var(zⱼ) > 0.01 · scale; scale 1 with a prior, else max Var(zⱼ)',
    better: null,
    digits: 4,
    format: 'unitShare',
    bounds: SHARE,
  },
  {
    id: 'onShare',
    at: 'analysis',
    role: 'metric',
    title: 'Units on',
    unit: null,
    description: 'Share of the units that are on for one example: near 0 for a sparse code.',
    formula: 'mean share of units with |zⱼ| > 0.1 · max |zⱼ|',
    better: null,
    digits: 4,
    bounds: SHARE,
  },
  {
    id: 'jacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Jacobian norm',
    unit: null,
    description:
      'How much the code answers to small changes of the input in any direction, which a contractive penalty lowers. A code on a smaller scale has a smaller norm, though nothing is contracted.',
    formula: 'mean of ‖∂f/∂x‖_F',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'scaledJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Scaled Jacobian norm',
    unit: null,
    description:
      'How much the code answers to small changes of the input, in proportion to how far apart codes lie: the same whatever the code’s scale.',
    formula: 'mean of ‖∂f/∂x‖_F / √Σⱼ Var(zⱼ)',
    better: 'lower',
    digits: 4,
  },
  {
    id: 'reconstructionJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Reconstruction Jacobian',
    unit: null,
    description:
      'How much the reconstruction answers to small changes of the input in any direction, encoder and decoder together: no scale of the code changes it.',
    formula: 'mean of ‖∂r/∂x‖_F',
    better: null,
    digits: 4,
  },
  {
    id: 'scaledReconstructionJacobianNorm',
    at: 'analysis',
    role: 'metric',
    title: 'Scaled Jacobian of r',
    unit: null,
    description:
      'How much the reconstruction answers to small changes of the input, in proportion to how far apart reconstructions lie: to be set beside the scaled Jacobian norm. Where it is smaller, the decoder takes some of the change away.',
    formula: 'mean of ‖∂r/∂x‖_F / √Σᵢ Var(rᵢ)',
    better: null,
    digits: 4,
  },
  {
    id: 'noiseMeanSquaredError',
    at: 'analysis',
    role: 'metric',
    title: 'MSE on noise',
    unit: null,
    description: 'Error on images of uniform noise: as low as on real ones where the autoencoder has learned to copy.',
    formula: 'Σ (x − r)² / (n · size), x uniform in 0…1',
    better: null,
    digits: 4,
  },
  {
    id: 'subspaceAngle',
    at: 'analysis',
    role: 'metric',
    title: 'Largest angle to PCA',
    unit: 'rad',
    description:
      'Largest principal angle between the space of a linear decoder and that of as many principal components; 0 is the same space.',
    formula: 'arccos of the smallest singular value of Q₁ᵀQ₂',
    better: null,
    digits: 4,
  },
] as const satisfies readonly Measurement[]
