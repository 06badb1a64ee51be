import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  completeRunConfig,
  createDecoder,
  createEncoder,
  decodeSafetensors,
  encodeSafetensors,
  type RunConfig,
  type RunConfigInput,
} from '../../src/index.js'
import { type EpochCompleted, type TrainAutoencoderOptions, type TrainingEvent, trainAutoencoder } from '../../src/training.js'

/** 700 held-out images are a whole batch of evaluation and a smaller one; codes are kept of fewer. */
const data = { dataset: 'mnist', trainCount: 400, validationCount: 700, testCount: 60 } as const
let mnist: Dataset
beforeAll(async () => {
  mnist = await loadDataset('mnist', data)
})

const configOf = (changes: RunConfigInput = {}): RunConfig =>
  completeRunConfig({
    ...changes,
    data,
    architecture: { kind: 'dense', latentDimension: 6, outputActivation: 'linear' },
    training: { epochs: 2, batchSize: 100, ...changes.training },
  })

async function run(config: RunConfig, options: Partial<TrainAutoencoderOptions> = {}) {
  const events: TrainingEvent[] = []
  for await (const event of trainAutoencoder({ config, dataset: mnist, threads: 1, ...options })) events.push(event)
  const epochs = events.filter((event): event is EpochCompleted => event.type === 'epochCompleted')
  return { events, epochs, metrics: epochs.map(({ metrics: { seconds, imagesPerSecond, ...measured } }) => measured) }
}

const floatsOf = (split: Dataset['test']) => Float32Array.from(split.values, (value) => value / 255)

describe('with examples held out', () => {
  it('every epoch is scored on them alone, as an own computation over them says', async () => {
    const config = configOf({ training: { epochs: 1 } })
    const { epochs } = await run(config, { sampleCount: 5 })
    const [{ metrics, parameters = {}, reconstructions, codes } = {} as Partial<EpochCompleted>] = epochs
    const held = mnist.validation
    if (!held) throw new Error('expected examples that are held out')
    const model = { config: config.architecture, exampleShape: mnist.exampleShape, parameters }
    const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
    const reconstruct = (split: Dataset['test']) => decoder.decode(encoder.encode(floatsOf(split), split.count), split.count)
    const originals = floatsOf(held)
    const made = reconstruct(held)
    const errors = Array.from({ length: held.count }, (_, image) => {
      const rows = [originals, made].map((values) => values.subarray(image * 784, (image + 1) * 784))
      const squared = (clip: (value: number) => number) =>
        (rows[0] ?? new Float32Array()).reduce((sum, value, index) => sum + (value - clip(rows[1]?.[index] ?? 0)) ** 2 / 784, 0)
      return { unclipped: squared((value) => value), clipped: squared((value) => Math.min(1, Math.max(0, value))) }
    })
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0)
    expect(metrics?.validationLoss).toBeCloseTo(mean(errors.map(({ unclipped }) => unclipped)), 6)
    expect(metrics?.validationMeanSquaredError).toBeCloseTo(mean(errors.map(({ clipped }) => clipped)), 6)
    expect(metrics?.peakSignalToNoiseRatio).toBeCloseTo(mean(errors.map(({ clipped }) => -10 * Math.log10(clipped))), 4)
    // What is shown is made of test examples.
    expect(codes?.labels).toEqual(mnist.test.labels)
    expect(codes?.values).toHaveLength(60 * 6)
    const shown = reconstruct(mnist.test)
    const differences = (reconstructions ?? new Float32Array()).map((value, index) => Math.abs(value - (shown[index] ?? Number.NaN)))
    expect(differences).toHaveLength(5 * 784)
    expect(Math.max(...differences)).toBeLessThan(1e-5)
    encoder.dispose()
    decoder.dispose()
  })

  it('test examples change nothing that is measured or learned', async () => {
    const others = { ...mnist, test: { ...mnist.test, values: mnist.test.values.map((value) => 255 - value) } }
    const [first, second] = [await run(configOf()), await run(configOf(), { dataset: others })]
    expect(second.metrics).toEqual(first.metrics)
    expect(second.epochs.at(-1)?.trainingState).toEqual(first.epochs.at(-1)?.trainingState)
    expect(second.epochs.at(-1)?.codes.values).not.toEqual(first.epochs.at(-1)?.codes.values)
  })

  it('what is learned is the same as with none held out, of the same training examples', async () => {
    const config = configOf()
    const [held, none] = [await run(config), await run({ ...config, data: { ...config.data, validationCount: 0 } })]
    expect(held.epochs.at(-1)?.trainingState).toEqual(none.epochs.at(-1)?.trainingState)
    expect(held.metrics.map(({ trainLoss }) => trainLoss)).toEqual(none.metrics.map(({ trainLoss }) => trainLoss))
    expect(held.metrics[0]?.validationLoss).not.toBe(none.metrics[0]?.validationLoss)
  })
})

describe('training with patience', () => {
  /** So fast that the validation loss soon leaps up and down. */
  const restless = (patience: number | null, epochs = 30) =>
    configOf({ optimizer: { kind: 'adam', learningRate: 0.1 }, training: { epochs, patience } })
  const lossesOf = ({ epochs }: { epochs: readonly EpochCompleted[] }) => epochs.map(({ metrics }) => metrics.validationLoss)

  it('ends once the validation loss has not fallen for so many epochs, and is until then as without', async () => {
    const [patient, whole] = [await run(restless(3)), await run(restless(null))]
    const losses = lossesOf(whole)
    const last = losses.findIndex(
      (_, index) => index >= 3 && Math.min(...losses.slice(index - 2, index + 1)) >= Math.min(...losses.slice(0, index - 2)),
    )
    expect(last).toBeGreaterThan(2)
    expect(last).toBeLessThan(29)
    expect(lossesOf(patient)).toEqual(losses.slice(0, last + 1))
    expect(patient.events.at(-1)).toEqual({ type: 'stoppedEarly', epoch: last + 1, bestEpoch: last - 2 })
    expect(whole.events.at(-1)).toMatchObject({ type: 'epochCompleted' })
  })

  it('ends in the same place, and with the same bits, wherever it was interrupted', async () => {
    const config = restless(2)
    const whole = await run(config)
    const end = whole.events.at(-1)
    expect(end).toMatchObject({ type: 'stoppedEarly' })
    for (const { metrics, trainingState } of whole.epochs) {
      const { epoch } = metrics
      const losses = lossesOf(whole).slice(0, epoch)
      const validationLoss = Math.min(...losses)
      const best = { epoch: losses.indexOf(validationLoss) + 1, validationLoss }
      const resumeFrom = { epoch, trainingState: decodeSafetensors(encodeSafetensors(trainingState)) }
      const rest = await run(config, { resumeFrom, best })
      expect(lossesOf(rest)).toEqual(lossesOf(whole).slice(epoch))
      expect(rest.events.at(-1)).toEqual(end)
    }
  })

  it('trains again from an earlier state to the end that it came to', async () => {
    const config = restless(2)
    const whole = await run(config)
    const losses = lossesOf(whole)
    const validationLoss = Math.min(...losses)
    const again = await run(config, { best: { epoch: losses.indexOf(validationLoss) + 1, validationLoss } })
    expect(lossesOf(again)).toEqual(losses)
    expect(again.events.at(-1)).toEqual(whole.events.at(-1))
  })
})
