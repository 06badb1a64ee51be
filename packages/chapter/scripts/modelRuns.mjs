// What each file of models holds: runs as the lab would train them, the examples that a figure shows, and bits of a weight.

/** Places of the first examples of each class, class by class. */
const ofEachClass = (count) => (labels) =>
  [...new Set(labels)]
    .sort((one, other) => one - other)
    .flatMap((label) => [...labels.keys()].filter((place) => labels[place] === label).slice(0, count))

/** Places of the first examples. */
const first = (count) => () => [...Array(count).keys()]

const codeSizes = [256, 128, 64, 32, 16, 8, 4, 2, 1]
const penalties = [0, 0.001, 0.003, 0.01, 0.03, 0.1]

const ofPoints = ({
  label,
  dataset,
  latentDimension,
  hiddenWidths = [64],
  hiddenActivation = 'tanh',
  codeActivation = 'linear',
  decoderWeights = 'own',
  ...rest
}) => ({
  label,
  config: {
    data: { dataset },
    architecture: {
      kind: 'dense',
      latentDimension,
      hiddenWidths,
      hiddenActivation,
      codeActivation,
      outputActivation: 'linear',
      decoderWeights,
    },
    optimizer: { kind: 'adam', learningRate: 0.003 },
    training: { epochs: 100, batchSize: 50 },
    ...rest,
  },
})

export const modelRuns = {
  // The lecture's own experiment: no hidden layer, ever fewer code units.
  'code-sizes': {
    bits: 8,
    keepsEncoder: false,
    pick: ofEachClass(1),
    runs: codeSizes.map((latentDimension) => ({
      label: String(latentDimension),
      config: {
        data: { dataset: 'mnist' },
        architecture: { kind: 'dense', latentDimension, initializer: { kind: 'uniform', limit: 0.01 } },
        optimizer: { kind: 'adam', learningRate: 0.001 },
        training: { epochs: 20, batchSize: 32 },
      },
    })),
  },
  denoiser: {
    bits: 8,
    keepsEncoder: true,
    pick: ofEachClass(1),
    runs: [
      {
        label: 'σ = 0.5',
        config: {
          data: { dataset: 'mnist' },
          architecture: { kind: 'dense', latentDimension: 64, hiddenWidths: [192], hiddenActivation: 'relu' },
          corruption: { kind: 'gaussian', standardDeviation: 0.5 },
          optimizer: { kind: 'adam', learningRate: 0.001 },
          training: { epochs: 40, batchSize: 128 },
        },
      },
    ],
  },
  circle: {
    bits: 32,
    keepsEncoder: true,
    pick: first(200),
    runs: [
      ofPoints({
        label: 'σ = 0.2',
        dataset: 'circle',
        latentDimension: 32,
        codeActivation: 'tanh',
        corruption: { kind: 'gaussian', standardDeviation: 0.2 },
      }),
    ],
  },
  curve: {
    bits: 32,
    keepsEncoder: true,
    pick: first(200),
    runs: [ofPoints({ label: 'z = 1', dataset: 'two-moons', latentDimension: 1, hiddenWidths: [64, 64] })],
  },
  contraction: {
    bits: 32,
    keepsEncoder: true,
    pick: first(200),
    runs: penalties.map((weight) =>
      ofPoints({
        label: `λ = ${weight}`,
        dataset: 'circle',
        // A decoder of its own would undo a smaller code with larger weights.
        latentDimension: 64,
        hiddenWidths: [64],
        codeActivation: 'tanh',
        decoderWeights: 'tied',
        training: { epochs: 300, batchSize: 50 },
        ...(weight > 0 ? { regularizer: { kind: 'contractive', weight } } : {}),
      }),
    ),
  },
}
