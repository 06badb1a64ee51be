import { datasetCatalog } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { runNeeds } from '../../src/cost/runNeeds.js'
import { completeRunConfig, countParameters, type RunConfigInput } from '../../src/index.js'
import { createOptimizer } from '../../src/optimizers/createOptimizer.js'
import { sizeOfShape } from '../../src/tensors/NamedTensors.js'
import { toVariables } from '../../src/tensors/variables.js'
import { experiments, recordedConfig } from './replay.js'

/** Bytes that the first run of each recorded experiment wrote: parameters and codes of an epoch, and all files but its analysis. */
const written: Readonly<Record<string, { checkpoint: number; codes: number; all: number }>> = {
  undercomplete: { checkpoint: 204296, codes: 392232, all: 3037360 },
  'vector field': { checkpoint: 35184, codes: 516232, all: 22334080 },
  'closed form': { checkpoint: 204296, codes: 392232, all: 810648 },
  denoising: { checkpoint: 806792, codes: 1544240, all: 11865839 },
  variational: { checkpoint: 3196448, codes: 200232, all: 19807832 },
  contractive: { checkpoint: 756584, codes: 1448240, all: 11128909 },
  'L-BFGS': { checkpoint: 413960, codes: 200232, all: 12207234 },
  pretraining: { checkpoint: 3318136, codes: 1208240, all: 19024939 },
  sparse: { checkpoint: 6430104, codes: 8200160, all: 63207793 },
  convolutional: { checkpoint: 20172, codes: 3144152, all: 9583656 },
}

describe('what a run needs', () => {
  it.each(Object.entries(written))('counts the files that a run wrote: %s', (name, { checkpoint, codes, all }) => {
    const experiment = experiments.find((each) => each.name === name)
    const config = recordedConfig(experiment?.configs[0] ?? {})
    const needs = runNeeds(config, datasetCatalog[config.data.dataset])
    expect(needs.parameters).toBe(countParameters(config.architecture, datasetCatalog[config.data.dataset].exampleShape))
    expect(Math.abs(needs.checkpointBytes / checkpoint - 1)).toBeLessThan(0.01)
    expect(Math.abs(needs.codesBytes / codes - 1)).toBeLessThan(0.01)
    expect(Math.abs(needs.fileBytes / all - 1)).toBeLessThan(0.02)
  })

  it.each([
    { kind: 'adam' },
    { kind: 'adamw' },
    { kind: 'sgd' },
    { kind: 'sgd', momentum: 0.9 },
    { kind: 'rmsprop' },
    { kind: 'rmsprop', momentum: 0.9 },
  ] as const)('counts what the optimizer remembers: %o', (input) => {
    const { optimizer, ...config } = completeRunConfig({ optimizer: input })
    const parameters = toVariables({ weights: { shape: [5], values: new Float32Array(5) } })
    if (optimizer.kind === 'lbfgs' || optimizer.kind === 'closedForm') throw new TypeError('expected an optimizer with slots')
    const { variables } = createOptimizer(optimizer, parameters)
    // Beside the step that it counts.
    const remembered = Object.values(variables).reduce((sum, { shape }) => sum + sizeOfShape(shape), 0) - 1
    const needs = runNeeds({ ...config, optimizer }, datasetCatalog.mnist)
    expect(needs.optimizerState / needs.parameters).toBe(remembered / 5)
    for (const variable of [...Object.values(variables), ...Object.values(parameters)]) variable.dispose()
  })

  const mnist = { dataset: 'mnist', trainCount: 2000, testCount: 1000 } as const
  const wide = [1000, 500, 250]
  /** Peaks of workers (VmHWM) that trained a run and, where it says so, measured it: Linux x64, ONNX Runtime, two threads. */
  const peaks: readonly (readonly [megabytes: number, what: string, config: RunConfigInput])[] = [
    [
      171,
      'points',
      { data: { dataset: 'two-moons', trainCount: 1000 }, architecture: { kind: 'dense', latentDimension: 1, hiddenWidths: [16] } },
    ],
    [379, 'a small model, measured', { data: mnist, architecture: { kind: 'dense', latentDimension: 32 } }],
    [402, 'all of MNIST', { architecture: { kind: 'dense', latentDimension: 32 }, training: { batchSize: 256 } }],
    [465, 'deep layers, measured', { data: mnist, architecture: { kind: 'dense', latentDimension: 32, hiddenWidths: wide } }],
    [
      1243,
      'deep layers in large batches',
      {
        data: { ...mnist, trainCount: 8192 },
        architecture: { kind: 'dense', latentDimension: 32, hiddenWidths: wide },
        training: { batchSize: 8192 },
      },
    ],
    [669, 'many units, measured', { data: mnist, architecture: { kind: 'dense', latentDimension: 4096 } }],
    [
      493,
      'L-BFGS',
      { data: mnist, architecture: { kind: 'dense', latentDimension: 64, hiddenWidths: [500] }, optimizer: { kind: 'lbfgs' } },
    ],
    [
      411,
      'a variational encoder, measured',
      {
        data: mnist,
        architecture: { kind: 'dense', latentDimension: 20, hiddenWidths: [500], encoder: { kind: 'variational' } },
        training: { batchSize: 1024 },
      },
    ],
    [
      1503,
      'a contractive encoder',
      {
        data: mnist,
        architecture: { kind: 'dense', latentDimension: 64, hiddenWidths: [256] },
        regularizer: { kind: 'contractive', weight: 0.1 },
        training: { batchSize: 512 },
      },
    ],
    [592, '16 and 32 filters, measured', { data: mnist, architecture: convolutional([16, 32]) }],
    [1189, '64 and 128 filters, measured', { data: mnist, architecture: convolutional([64, 128]) }],
    [1205, '64 filters', { data: mnist, architecture: convolutional([64]), training: { batchSize: 1000 } }],
    [1134, 'large batches', { data: { ...mnist, trainCount: 8192 }, architecture: convolutional([16, 32]), training: { batchSize: 2048 } }],
    [
      1455,
      'images that are enlarged before they are convolved',
      { data: mnist, architecture: { ...convolutional([32, 64]), upsampling: 'nearestNeighbor' }, training: { batchSize: 512 } },
    ],
    [2335, '256 filters', { data: mnist, architecture: convolutional([256]), training: { batchSize: 1024 } }],
  ]

  it.each(peaks)('tells %i MB within a factor of two, and never far below: %s', (megabytes, _, input) => {
    const config = recordedConfig(input)
    const ratio = runNeeds(config, datasetCatalog[config.data.dataset]).memoryBytes / (megabytes * 1e6)
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(2)
  })

  it('grows with what takes memory', () => {
    const bytes = (config: Parameters<typeof completeRunConfig>[0]) => runNeeds(completeRunConfig(config), datasetCatalog.mnist).memoryBytes
    expect(bytes({ architecture: { kind: 'dense', latentDimension: 4096 } })).toBeGreaterThan(bytes({}) + 6_000_000 * 4 * 8)
    expect(bytes({ training: { batchSize: 8192 } })).toBeGreaterThan(bytes({ training: { batchSize: 128 } }))
  })
})

function convolutional(filters: number[]) {
  return { kind: 'convolutional', filters, bottleneck: { kind: 'dense', latentDimension: 32 } } as const
}
