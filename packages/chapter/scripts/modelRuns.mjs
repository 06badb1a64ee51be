// What each file of models holds: runs as the lab would train them, the examples that a figure shows, and bits of a weight.

/** @typedef {import('@hourglass/autoencoders').RunConfigInput} RunConfigInput */
/** @typedef {(labels: Uint8Array) => number[]} Pick gives the places of the test examples that a figure shows */
/**
 * @typedef {object} ModelRuns
 * @property {8 | 32} bits
 * @property {boolean} keepsEncoder whether the figure encodes examples of its own
 * @property {Pick} pick
 * @property {readonly { readonly label: string, readonly config: RunConfigInput }[]} runs
 */

/**
 * Places of the first examples of each class, class by class.
 * @param {number} count
 * @returns {Pick}
 */
const ofEachClass = (count) => (labels) =>
  [...new Set(labels)]
    .sort((one, other) => one - other)
    .flatMap((label) => [...labels.keys()].filter((place) => labels[place] === label).slice(0, count))

/**
 * Places of the first examples.
 * @param {number} count
 * @returns {Pick}
 */
const first = (count) => () => [...Array(count).keys()]

const codeSizes = [256, 128, 64, 32, 16, 8, 4, 2, 1]
const penalties = [0, 0.001, 0.003, 0.01, 0.03, 0.1]

/**
 * @param {Omit<RunConfigInput, 'data' | 'architecture'> & { label: string, dataset: 'circle' | 'two-moons', latentDimension: number, hiddenWidths?: number[],
 * hiddenActivation?: 'tanh', codeActivation?: 'linear' | 'tanh', decoderWeights?: 'own' | 'tied' }} options
 * @returns {ModelRuns['runs'][number]}
 */
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

/** @type {Readonly<Record<'code-sizes' | 'denoiser' | 'circle' | 'curve' | 'contraction', ModelRuns>>} */
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
