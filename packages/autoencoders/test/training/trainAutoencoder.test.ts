import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { describe, expect, it } from 'vitest'
import { completeRunConfig, createDecoder, createEncoder, decodeSafetensors, encodeSafetensors } from '../../src/index.js'
import { configOf, failureOf, inOrder, mnist, run, useDigits } from './trainOnDigits.js'

useDigits()

describe('trainAutoencoder', () => {
  it('reports the start, then every epoch with what a run page shows', async () => {
    const { events, epochs } = await run({ config: configOf(), sampleCount: 5 })
    expect(events[0]).toMatchObject({
      type: 'started',
      engine: 'onnx',
      runtime: process.env.HOURGLASS_ONNX_RUNTIME ?? expect.stringMatching(/^(native|node|wasm)$/),
      parameterCount: 784 * 32 + 32 + 32 * 8 + 8 + 8 * 32 + 32 + 32 * 784 + 784,
      stepsPerEpoch: 11,
      epochs: 3,
      firstEpoch: 1,
      labels: [7, 2, 1, 0, 4],
    })
    expect(events[0]).toHaveProperty('originals.length', 5 * 784)
    expect(epochs.map(({ metrics: { epoch } }) => epoch)).toEqual([1, 2, 3])
    const [last] = epochs.slice(-1)
    expect(last?.reconstructions).toHaveLength(5 * 784)
    expect(last?.codes.values).toHaveLength(300 * 8)
    expect(last?.codes.labels).toEqual(mnist.test.labels)
    expect(last?.codes.dimensions.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(last?.metrics.imagesPerSecond).toBeGreaterThan(0)
  })

  it('encodes the first training examples too, with the parameters that it hands out', async () => {
    const config = configOf({ training: { epochs: 1 } })
    const { epochs } = await run({ config })
    const [{ codes: { training } = { training: null }, parameters = {} } = {}] = epochs
    const encoder = await createEncoder({ config: config.architecture, exampleShape: mnist.exampleShape, parameters })
    const examples = Float32Array.from(mnist.train.values.subarray(0, 1000 * 784), (value) => value / 255)
    const expected = encoder.encode(examples, 1000)
    encoder.dispose()
    expect(training?.values).toHaveLength(expected.length)
    expect(Math.max(...expected.map((value, index) => Math.abs(value - (training?.values[index] ?? Number.NaN))))).toBeLessThan(1e-4)
    expect(training?.labels).toEqual(mnist.train.labels.slice(0, 1000))
  })

  it('encodes all of few training examples, and whole batches of more', async () => {
    for (const [trainCount, encoded] of [
      [7, 7],
      [499, 499],
      [999, 500],
    ] as const) {
      const { epochs } = await run({ config: configOf({ data: { trainCount }, training: { epochs: 1 } }) })
      expect(epochs[0]?.codes.training?.labels).toEqual(mnist.train.labels.slice(0, encoded))
      expect(epochs[0]?.codes.training?.values).toHaveLength(encoded * 8)
    }
  })

  it('encodes no training examples for codes of more than 256 units', async () => {
    const architecture = { kind: 'dense' as const, latentDimension: 257 }
    const { epochs } = await run({ config: configOf({ architecture, training: { epochs: 1 } }) })
    expect(epochs[0]?.codes.training).toBeNull()
  })

  it('learns: the losses fall from epoch to epoch', async () => {
    const { losses } = await run({ config: configOf({ training: { epochs: 4 } }) })
    const validation = losses.map(([, loss = Number.NaN]) => loss)
    expect(validation).toEqual([...validation].sort((a, b) => b - a))
    expect(validation.at(-1)).toBeLessThan(0.075)
  })

  it('reports the error of the parameters that it hands out', async () => {
    const config = configOf({ loss: 'binaryCrossEntropy', training: { epochs: 1 } })
    const { epochs } = await run({ config, sampleCount: 300 })
    const [epoch] = epochs
    const decoder = await createDecoder({
      config: config.architecture,
      exampleShape: mnist.exampleShape,
      parameters: decodeSafetensors(encodeSafetensors(epoch?.parameters ?? {})),
    })
    const decoded = decoder.decode(epoch?.codes.values ?? new Float32Array(), 300)
    decoder.dispose()
    let squaredError = 0
    let crossEntropy = 0
    let largestDifference = 0
    decoded.forEach((r, i) => {
      const x = (mnist.test.values[i] ?? 0) / 255
      squaredError += (x - r) ** 2
      crossEntropy -= x * Math.log(r) + (1 - x) * Math.log(1 - r)
      largestDifference = Math.max(largestDifference, Math.abs(r - (epoch?.reconstructions[i] ?? Number.NaN)))
    })
    expect(largestDifference).toBeLessThan(1e-5)
    expect(epoch?.metrics.validationMeanSquaredError).toBeCloseTo(squaredError / decoded.length, 6)
    expect(epoch?.metrics.validationLoss).toBeCloseTo(crossEntropy / decoded.length, 5)
  })

  it('gives the same losses to the last bit for the same seed, and others for another', async () => {
    const [first, second, other] = [
      await run({ config: configOf() }),
      await run({ config: configOf() }),
      await run({ config: configOf({ training: { seed: 2 } }) }),
    ]
    expect(second.losses).toEqual(first.losses)
    expect(second.epochs.at(-1)?.trainingState).toEqual(first.epochs.at(-1)?.trainingState)
    expect(other.losses).not.toEqual(first.losses)
  })

  it.each([
    [{ loss: 'meanSquaredError', optimizer: { kind: 'adam' } }],
    [{ loss: 'meanSquaredError', optimizer: { kind: 'adam', beta1: 0, beta2: 1 - 1e-10 } }],
    [{ loss: 'binaryCrossEntropy', optimizer: { kind: 'sgd', learningRate: 0.5, momentum: 0.5 } }],
    [{ loss: 'meanSquaredError', optimizer: { kind: 'rmsprop' } }],
    [{ loss: 'meanSquaredError', optimizer: { kind: 'adamw', weightDecay: 0.1, clipNorm: 0.02, warmupEpochs: 1 } }],
    [{ loss: 'meanSquaredError', optimizer: { kind: 'adam', schedule: { kind: 'cosine', final: 0.1 } } }],
    [{ loss: 'meanSquaredError', optimizer: { kind: 'rmsprop', schedule: { kind: 'step', every: 1, factor: 0.3 } } }],
  ] as const)('trains alike on onnx and on cpu, to 1e-4 of the loss: %j', async (changes) => {
    const data = { trainCount: 300, testCount: 100 }
    const [onnx, cpu] = [
      await run({ config: configOf({ ...changes, data, training: { engine: 'onnx' } }) }),
      await run({ config: configOf({ ...changes, data, training: { engine: 'cpu' } }) }),
    ]
    expect(cpu.events[0]).toMatchObject({ engine: 'cpu' })
    onnx.losses.flat().forEach((loss, i) => {
      expect(Math.abs(loss / (cpu.losses.flat()[i] ?? Number.NaN) - 1)).toBeLessThan(1e-4)
    })
  })

  it('uses no more examples than the configuration asks for', async () => {
    const config = configOf({ data: { trainCount: 200, testCount: 50 }, training: { epochs: 1 } })
    const fewer = await loadDataset('mnist', { trainCount: 200, testCount: 50, ...inOrder })
    expect((await run({ config })).losses).toEqual((await run({ config, dataset: fewer })).losses)
  })

  it('learns points of the plane', async () => {
    const dataset: Dataset = {
      id: 'circle',
      exampleShape: [2],
      train: makeToyManifold('circle', { count: 400, seed: 1 }),
      validation: null,
      test: makeToyManifold('circle', { count: 100, seed: 1, stream: 'test' }),
    }
    const config = completeRunConfig({
      data: { dataset: 'circle', trainCount: 400, testCount: 100 },
      architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [16], hiddenActivation: 'tanh', outputActivation: 'linear' },
      optimizer: { kind: 'adam', learningRate: 0.01 },
      training: { epochs: 30, batchSize: 40 },
    })
    const { losses } = await run({ config, dataset })
    expect(losses.at(-1)?.[1]).toBeLessThan(0.005)
  })

  it('says when training diverges, where, and what to try', async () => {
    const config = configOf({
      architecture: { kind: 'dense', hiddenActivation: 'linear', outputActivation: 'linear' },
      optimizer: { kind: 'sgd', learningRate: 10 },
      training: { epochs: 5 },
    })
    expect(await failureOf(run({ config }))).toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(
        /^Training diverged in epoch \d, step \d+: expected a finite loss, got (NaN|Infinity)\. Try a lower learning rate \(now 10 with SGD\)/,
      ),
    })
  })

  it('starts from given parameters, whatever left them, and refuses those of another model', async () => {
    const { epochs } = await run({ config: configOf() })
    const startFrom = decodeSafetensors(encodeSafetensors(epochs[0]?.parameters ?? {}))
    const slower = configOf({ optimizer: { kind: 'sgd', learningRate: 1e-9 }, training: { epochs: 1 } })
    const { events, losses } = await run({ config: slower, startFrom })
    // Steps of next to nothing: what it starts with is what it evaluates.
    expect(losses[0]?.[1]).toBeCloseTo(epochs[0]?.metrics.validationLoss ?? Number.NaN, 6)
    expect(events.find(({ type }) => type === 'started')).toMatchObject({ firstEpoch: 1 })
    const again = await run({ config: slower, startFrom })
    expect(again.losses).toEqual(losses)
    const wider = configOf({ architecture: { hiddenWidths: [16] } })
    expect(await failureOf(run({ config: wider, startFrom }))).toMatchObject({ code: 'INVALID_TRAINING_STATE' })
  })

  it('refuses a dataset that is not the configuration’s', async () => {
    expect(await failureOf(run({ config: configOf({ data: { dataset: 'fashion-mnist' } }) }))).toMatchObject({ code: 'DATASET_MISMATCH' })
    expect(await failureOf(run({ config: configOf({ data: { trainCount: 1001 } }) }))).toMatchObject({
      code: 'DATASET_MISMATCH',
      message: 'dataset: expected mnist with at least 1001 train examples, got mnist with 1000',
    })
  })
})
