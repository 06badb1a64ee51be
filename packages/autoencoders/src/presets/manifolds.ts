import type { RunConfigInput } from '../config/RunConfig.js'
import { overSeeds, type Preset, type PresetRun, type PresetRuns, shortenRuns } from './Preset.js'

const deepPlane: PresetRuns = [
  {
    label: 'z = 2',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [512, 128], hiddenActivation: 'relu' },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 30, batchSize: 128 },
    },
  },
]

const twoMoons: PresetRuns = overSeeds(
  [
    {
      label: 'z = 1',
      config: {
        data: { dataset: 'two-moons' },
        architecture: {
          kind: 'dense',
          latentDimension: 1,
          hiddenWidths: [64, 64],
          hiddenActivation: 'tanh',
          outputActivation: 'linear',
        },
        optimizer: { kind: 'adam', learningRate: 0.003 },
        training: { epochs: 100, batchSize: 50 },
      },
    },
  ],
  [1, 2, 3],
)

/** More units than any of them needs: only what it is trained for keeps one from copying. */
const onLine = (label: string, changes: RunConfigInput): PresetRun => ({
  label,
  config: {
    data: { dataset: 'line' },
    architecture: {
      kind: 'dense',
      latentDimension: 64,
      hiddenWidths: [64],
      hiddenActivation: 'relu',
      codeActivation: 'tanh',
      outputActivation: 'linear',
    },
    optimizer: { kind: 'adam', learningRate: 0.003 },
    training: { epochs: 100, batchSize: 50 },
    ...changes,
  },
})

const line: PresetRuns = [onLine('plain', {}), onLine('denoising, σ = 0.25', { corruption: { kind: 'gaussian', standardDeviation: 0.25 } })]

/** Codes as coordinates on what the data lies on. */
export const manifolds: readonly Preset[] = [
  {
    id: 'deep-2d',
    title: 'Deep autoencoder, two-dimensional code',
    section: 'Learning manifolds',
    description: 'Two hidden layers each way squeeze a digit into a point of the plane, as PCA does with two components.',
    lookFor:
      'Do digits of a kind gather in regions of the plane, though no label was seen? Do neighbouring regions hold digits that look alike?',
    figure: 'codePlanes',
    runs: deepPlane,
    quickRuns: shortenRuns(deepPlane, { epochs: 8, trainCount: 20_000 }),
  },
  {
    id: 'two-moons',
    title: 'Two moons, one code unit',
    section: 'Learning manifolds',
    description: 'A nonlinear autoencoder with one code unit lays a curve through points of the plane, where PCA can only lay a line.',
    lookFor:
      'Do the reconstructions settle on a curve that follows first one moon, then the other, so that the code is a coordinate along it?',
    figure: 'reconstructions',
    runs: twoMoons,
    quickRuns: shortenRuns(twoMoons, { epochs: 32 }),
  },
  {
    id: 'line',
    title: 'Points on a line',
    section: 'Learning manifolds',
    description:
      'An autoencoder of single numbers is a function of one variable, which can be drawn: of a plain and of a denoising one with as much room to copy.',
    lookFor:
      'Does the plain one copy, so that r(x) runs along the diagonal? Does the denoising one cross it flat where the data lies, so that small changes of an example change nothing, and rise between?',
    figure: 'reconstructionCurve',
    runs: line,
    quickRuns: shortenRuns(line, { epochs: 40 }),
  },
]
