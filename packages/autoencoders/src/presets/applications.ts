import type { DatasetId } from '@hourglass/datasets'
import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, overSeeds, type Preset, type PresetRun, type PresetRuns, shortenRuns, sweepCodeSizes } from './Preset.js'

type Architecture = NonNullable<RunConfigInput['architecture']>

const config = (architecture: Architecture, changes: RunConfigInput = {}): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture,
  loss: 'binaryCrossEntropy',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 20, batchSize: 128 },
  ...changes,
})

const deep = (latentDimension: number): Architecture => ({
  kind: 'dense',
  latentDimension,
  hiddenWidths: [400, 200],
  hiddenActivation: 'relu',
})

/** What codes tell of classes differs between seeds, if by little. */
const features: PresetRuns = overSeeds(
  [
    {
      label: 'linear, z = 64',
      config: config({ kind: 'dense', latentDimension: 64, outputActivation: 'linear' }, { loss: 'meanSquaredError' }),
    },
    { label: 'deep, z = 64', config: config(deep(64)) },
    {
      label: 'denoising, z = 512',
      config: config(
        { kind: 'dense', latentDimension: 512, codeActivation: 'relu' },
        { corruption: { kind: 'masking', probability: 0.5 } },
      ),
    },
  ],
  [1, 2],
)

const clustered = { training: { epochs: 7, batchSize: 64 } } as const
/** Clusters of one seed say little: how they differ between models is no more than how they differ between seeds. */
const clusters: PresetRuns = overSeeds(
  [
    { label: 'deep, z = 10', config: config(deep(10), clustered) },
    { label: 'variational, z = 10', config: config({ ...deep(10), encoder: { kind: 'variational' } }, clustered) },
  ],
  [1, 2, 3],
)

const onPlane = (label: string, dataset: DatasetId, latentDimension: number): PresetRun => ({
  label,
  config: {
    data: { dataset },
    architecture: { kind: 'dense', latentDimension, hiddenWidths: [64, 64], hiddenActivation: 'tanh', outputActivation: 'linear' },
    optimizer: { kind: 'adam', learningRate: 0.003 },
    training: { epochs: 200, batchSize: 50 },
  },
})
const digits: PresetRun = { label: 'digits, z = 8', config: config(deep(8)) }
/** Whether a curve follows both moons hangs on the seed. */
const planes: PresetRuns = overSeeds([onPlane('two moons, z = 1', 'two-moons', 1), onPlane('circle, z = 2', 'circle', 2)], [1, 2, 3])

const compression = sweepCodeSizes([8, 16, 32, 64], (latentDimension) =>
  config({ kind: 'dense', latentDimension, hiddenWidths: [400], hiddenActivation: 'relu' }),
)

/** What autoencoders are used for. */
export const applications: readonly Preset[] = [
  {
    id: 'tangents',
    title: 'Tangent planes',
    section: 'Learning manifolds',
    description:
      'The singular vectors of the decoder’s Jacobian at a code are the directions in which its example may vary, for digits and for points of the plane.',
    lookFor:
      'Of digits, do the leading tangent vectors, drawn as images, move or bend a stroke? On the moons, does the one tangent follow the curve, and do two code units reach the whole plane?',
    figure: 'tangents',
    runs: [digits, ...planes],
    quickRuns: [
      ...shortenRuns([digits], { epochs: 4, trainCount: 5000, testCount: 2000, batchSize: 32 }),
      ...shortenRuns(planes, { epochs: 40 }),
    ],
  },
  {
    id: 'features',
    title: 'Features without labels',
    section: 'Applications',
    description: 'A linear classifier is trained on the codes of three autoencoders, on as many principal components, and on the pixels.',
    lookFor:
      'Without a single label, does the denoising autoencoder make classes easier to tell apart than as many principal components do? Do the deep and the linear one with 64 units?',
    figure: 'features',
    runs: features,
    // The claim about the denoising one is the one that hangs on the seed; measuring takes most of the time of a quick run.
    quickRuns: shortenRuns(features, {
      epochs: 4,
      trainCount: 7000,
      testCount: 2000,
      labels: ['linear, z = 64, seed 1', 'deep, z = 64, seed 1', 'denoising, z = 512, seed 1', 'denoising, z = 512, seed 2'],
    }),
  },
  {
    id: 'clustering',
    title: 'Clusters without labels',
    section: 'Applications',
    description: 'k-means groups the codes of test digits into ten clusters, which are then compared with the ten classes.',
    lookFor:
      'Do clusters of the deep autoencoder’s codes agree better with the digits (NMI, ARI) than clusters of principal components do? Than those of the variational one?',
    figure: 'clusters',
    runs: clusters,
    quickRuns: shortenRuns(clusters, {
      ...fewImages,
      epochs: 5,
      labels: ['deep, z = 10, seed 1', 'deep, z = 10, seed 2', 'variational, z = 10, seed 1', 'variational, z = 10, seed 2'],
    }),
  },
  {
    id: 'compression',
    title: 'Image compression',
    section: 'Applications',
    description:
      'Codes are quantised and entropy-coded; their bits are set against the error of what is decoded, beside JPEG and PCA, after Theis et al. 2017.',
    lookFor:
      'Up to how many bits a pixel is some code size ahead of JPEG and PCA? What happens to a code that is quantised too coarsely, and who is ahead with many bits?',
    figure: 'rateDistortion',
    runs: compression,
    quickRuns: shortenRuns(compression, { ...fewImages, epochs: 6, batchSize: 64 }),
  },
]
