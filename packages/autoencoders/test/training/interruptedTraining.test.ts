import { loadDataset } from '@hourglass/datasets/node'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/index.js'
import { type TrainingEvent, trainAutoencoder } from '../../src/training.js'
import { configOf, failureOf, inOrder, mnist, run, useDigits } from './trainOnDigits.js'

useDigits()

describe('trainAutoencoder', () => {
  it.each([
    ['onnx', { kind: 'adam' }],
    ['onnx', { kind: 'sgd', momentum: 0.9 }],
    ['onnx', { kind: 'rmsprop', momentum: 0.5 }],
    ['onnx', { kind: 'adamw', clipNorm: 0.01, warmupEpochs: 1, schedule: { kind: 'step', every: 1, factor: 0.5 } }],
    ['onnx', { kind: 'sgd', schedule: { kind: 'cosine' } }],
    ['cpu', { kind: 'adam' }],
  ] as const)('resumes on %s with %j and goes on to the last bit', async (engine, optimizer) => {
    const config = configOf({ optimizer, data: { trainCount: 300, testCount: 100 }, training: { engine } })
    const whole = await run({ config })
    const [first] = whole.epochs
    const trainingState = decodeSafetensors(encodeSafetensors(first?.trainingState ?? {}))
    const rest = await run({ config, resumeFrom: { epoch: 1, trainingState } })
    expect(rest.events[0]).toMatchObject({ type: 'started', firstEpoch: 2 })
    expect(rest.losses).toEqual(whole.losses.slice(1))
    expect(rest.epochs.at(-1)?.trainingState).toEqual(whole.epochs.at(-1)?.trainingState)
  })

  it('ends with the step in which it is aborted, and the last completed epoch stands', async () => {
    const controller = new AbortController()
    const config = configOf({ training: { epochs: 10_000, batchSize: 10 } })
    const events: TrainingEvent[] = []
    for await (const event of trainAutoencoder({ config, dataset: mnist, threads: 2, signal: controller.signal })) {
      events.push(event)
      if (event.type === 'progress' && event.epoch > 1) controller.abort()
    }
    expect(events.at(-1)).toMatchObject({ type: 'progress' })
    const epochs = events.flatMap((event) => (event.type === 'epochCompleted' ? [event.metrics.epoch] : []))
    expect(epochs).toEqual(epochs.map((_, index) => index + 1))
    expect(events.at(-1)).toMatchObject({ epoch: epochs.length + 1 })
  })

  it('lets an abort in from outside while it trains, long before the epoch ends', async () => {
    const controller = new AbortController()
    const dataset = await loadDataset('mnist', { trainCount: 30_000, testCount: 100, ...inOrder })
    const config = configOf({ data: { trainCount: 30_000, testCount: 100 }, training: { epochs: 1, batchSize: 1 } })
    const types: string[] = []
    for await (const event of trainAutoencoder({ config, dataset, threads: 2, signal: controller.signal })) {
      types.push(event.type)
      if (event.type === 'started') setTimeout(() => controller.abort())
    }
    expect(types).not.toContain('epochCompleted')
  })

  it('lets timers run while it trains, and reports progress at most five times a second', async () => {
    const controller = new AbortController()
    const config = configOf({ training: { epochs: 10_000, batchSize: 10 } })
    let ticks = 0
    const timer = setInterval(() => ticks++, 10)
    const started = performance.now()
    const progress: (TrainingEvent & { type: 'progress' })[] = []
    for await (const event of trainAutoencoder({ config, dataset: mnist, threads: 2, signal: controller.signal })) {
      if (event.type === 'progress') progress.push(event)
      if (progress.length === 8) controller.abort()
    }
    const seconds = (performance.now() - started) / 1000
    clearInterval(timer)
    expect(progress.length).toBeLessThanOrEqual(seconds * 5)
    // Timers get their turn at least once between two reports.
    expect(ticks).toBeGreaterThanOrEqual(progress.length - 2)
    expect(progress.at(-1)).toMatchObject({ epochs: 10_000, stepsPerEpoch: 100, secondsLeft: expect.any(Number) })
  })

  it('refuses the training state of another model', async () => {
    const { epochs } = await run({ config: configOf({ training: { epochs: 1 } }) })
    const resumeFrom = { epoch: 1, trainingState: epochs[0]?.trainingState ?? {} }
    const resume = (changes: Parameters<typeof configOf>[0]) => run({ config: configOf(changes), resumeFrom })
    expect(await failureOf(resume({ architecture: { kind: 'dense', latentDimension: 9 } }))).toMatchObject({
      code: 'INVALID_TRAINING_STATE',
      message: expect.stringContaining('tensor encoder/1/kernel: expected [32, 9], got [32, 8]'),
    })
    expect(await failureOf(resume({ optimizer: { kind: 'sgd' } }))).toMatchObject({ code: 'INVALID_TRAINING_STATE' })
  })

  it('leaves no tensors behind, whether it ends, is left, or fails', async () => {
    const before = tf.memory().numTensors
    await run({ config: configOf({ training: { epochs: 1, engine: 'cpu' }, data: { trainCount: 96 } }) })
    for await (const event of trainAutoencoder({ config: configOf(), dataset: mnist })) if (event.type !== 'started') break
    expect(await failureOf(run({ config: configOf(), resumeFrom: { epoch: 1, trainingState: {} } }))).toMatchObject({
      code: 'INVALID_TRAINING_STATE',
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
