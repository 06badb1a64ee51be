import { createRandom, type Dataset, gatherExamples, shuffledIndices } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters } from '../../src/index.js'
import { chooseLabelled } from '../../src/supervised/chooseLabelled.js'
import { type FineTuneClassifierOptions, fineTuneClassifier } from '../../src/supervised/fineTuneClassifier.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'
import { loadSmallDigits } from '../smallDigits.js'

let digits: Dataset
beforeAll(async () => {
  digits = await loadSmallDigits(1000, 200)
})

const { architecture } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 8, hiddenWidths: [16] } })

async function run(changes: Partial<FineTuneClassifierOptions> = {}) {
  const engine = await createEngine('onnx', { threads: 1 })
  return fineTuneClassifier({ architecture, parameters: null, dataset: digits, labels: 70, seed: 4, engine, epochs: 2, ...changes })
}

/** The same classifier in TensorFlow.js’s own layers, trained on the same batches: its mean loss over the last epoch. */
async function trainLayers(head: { kernel: Float32Array }, epochs: number): Promise<number> {
  activateCpuBackend()
  const initial = initializeParameters(architecture, { exampleShape: digits.exampleShape, seed: 4 })
  const model = layers.sequential()
  model.add(layers.layers.dense({ inputShape: [196], units: 16, activation: 'relu' }))
  model.add(layers.layers.dense({ units: 8 }))
  model.add(layers.layers.dense({ units: 10, activation: 'softmax' }))
  const valuesOf = (name: string) => initial[name]?.values ?? new Float32Array()
  const weights = [
    tf.tensor(valuesOf('encoder/0/kernel'), [196, 16]),
    tf.zeros([16]),
    tf.tensor(valuesOf('encoder/1/kernel'), [16, 8]),
    tf.zeros([8]),
    tf.tensor(head.kernel, [8, 10]),
    tf.zeros([10]),
  ]
  model.setWeights(weights)
  tf.dispose(weights)
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7)
  model.compile({ optimizer, loss: 'categoricalCrossentropy' })
  const chosen = chooseLabelled(digits.train, { count: 70, available: 1000, classCount: 10, seed: 4 })
  let sum = 0
  for (let epoch = 1; epoch <= epochs; epoch++) {
    sum = 0
    const order = shuffledIndices(70, { seed: 4, stream: `fineTuning/${epoch}` }).map((place) => chosen[place] ?? 0)
    for (let start = 0; start < 70; start += 32) {
      const rows = order.subarray(start, start + 32)
      const values = new Float32Array(rows.length * 196)
      gatherExamples(digits.train, { indices: rows, start: 0, end: rows.length }, values)
      const labels = [...rows].map((row) => digits.train.labels[row] ?? 0)
      const [x, y] = [
        tf.tensor2d(values, [rows.length, 196]),
        tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32')),
      ]
      sum += ((await model.trainOnBatch(x, y)) as number) * rows.length
      tf.dispose([x, y])
    }
  }
  model.dispose()
  optimizer.dispose()
  return sum / 70
}

describe('chooseLabelled', () => {
  it('chooses as many examples of each class, each once, and the same for the same seed', () => {
    const options = { count: 73, available: 1000, classCount: 10, seed: 1 }
    const chosen = chooseLabelled(digits.train, options)
    expect(new Set(chosen).size).toBe(73)
    const counts = new Array(10).fill(0)
    for (const index of chosen) counts[digits.train.labels[index] ?? 0] += 1
    expect(counts).toEqual([8, 8, 8, 7, 7, 7, 7, 7, 7, 7])
    expect(chooseLabelled(digits.train, options)).toEqual(chosen)
    expect(chooseLabelled(digits.train, { ...options, seed: 2 })).not.toEqual(chosen)
    expect(Math.max(...chooseLabelled(digits.train, { ...options, available: 100 }))).toBeLessThan(100)
  })

  it('fills up with other classes where one has too few', () => {
    const split = { count: 5, values: new Uint8Array(5), labels: Uint8Array.of(0, 0, 0, 0, 1) }
    expect([...chooseLabelled(split, { count: 4, available: 5, classCount: 2, seed: 1 })].filter((index) => index === 4)).toEqual([4])
    expect(() => chooseLabelled(split, { count: 6, available: 5, classCount: 2, seed: 1 })).toThrow('from 1 to 5, got 6')
  })
})

describe('fineTuneClassifier', () => {
  it.each(['onnx', 'cpu'] as const)('has the losses of TensorFlow.js’s own layers and Adam, on %s', async (name) => {
    const kernel = new Float32Array(80)
    createRandom(4, 'parameter/classifier/kernel').fillUniform(kernel, { low: -Math.sqrt(6 / 18), high: Math.sqrt(6 / 18) })
    const expected = await trainLayers({ kernel }, 3)
    tf.disposeVariables()
    const { trainLoss } = await run({ engine: await createEngine(name, { threads: 1 }), epochs: 3 })
    expect(Math.abs(trainLoss / expected - 1)).toBeLessThan(1e-4)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('learns to tell digits, and overfits few of them', async () => {
    const [short, long] = [await run({ labels: 300, epochs: 1 }), await run({ labels: 300, epochs: 60 })]
    expect(long.trainError).toBeLessThan(0.02)
    expect(long.testError).toBeLessThan(0.4)
    expect(long.testError).toBeLessThan(short.testError)
    expect(long.testError).toBeGreaterThan(long.trainError)
  })

  it('gives the same for the same seed, and goes on from the parameters it is given', async () => {
    const exampleShape = digits.exampleShape
    const same = await run({ parameters: initializeParameters(architecture, { exampleShape, seed: 4 }) })
    const other = await run({ parameters: initializeParameters(architecture, { exampleShape, seed: 5 }) })
    const random = await run()
    expect({ ...same, seconds: 0 }).toEqual({ ...random, seconds: 0 })
    expect(other.trainLoss).not.toBe(random.trainLoss)
  })

  it('refuses what it cannot learn from, and ends when aborted, leaving nothing behind', async () => {
    await expect(run({ labels: 1001 })).rejects.toMatchObject({ code: 'DATASET_MISMATCH' })
    await expect(run({ learningRate: 1e30 })).rejects.toMatchObject({ code: 'DIVERGED' })
    await expect(run({ signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(0)
  })
})
