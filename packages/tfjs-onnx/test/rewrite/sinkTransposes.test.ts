import * as layers from '@tensorflow/tfjs-layers'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { checkGraph, createState, type Graph, optimizerVariables, traceGraph } from '../../src/index.js'
import { deadCode } from '../../src/rewrite/deadCode.js'
import { settleTransposes } from '../../src/rewrite/transposes/settleTransposes.js'
import { sinkTransposes } from '../../src/rewrite/transposes/sinkTransposes.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'
import { runGraph } from './runGraph.js'

afterEach(() => {
  tf.disposeVariables()
})

type Tensors = Readonly<Record<'x' | 'y', tf.Tensor>>

const shape = [2, 3, 4, 5] as const

function traceUnrewritten(fn: (inputs: Tensors) => Record<string, tf.Tensor>): Graph {
  const type = { shape, dtype: 'float32' } as const
  return traceGraph(fn, { inputs: { x: type, y: type }, rewrite: false })
}

function operators(graph: Graph): string[] {
  return graph.nodes.map(({ op }) => op)
}

/** Rewrites; fails unless every result stays the same to 1e-6. */
async function sinkSafely(fn: (inputs: Tensors) => Record<string, tf.Tensor>): Promise<string[]> {
  const graph = traceUnrewritten(fn)
  const sunk = deadCode.rewrite(sinkTransposes.rewrite(graph))
  checkGraph(sunk)
  const [results, references] = [await runGraph(sunk), await runGraph(graph)]
  for (const [name, values] of Object.entries(references)) expectClose(results[name] ?? [], values, 1e-6)
  return operators(sunk)
}

/** One step of a random computation: `pick` chooses among a number of ways. */
type Step = (t: tf.Tensor, pick: (ways: number) => number, inputs: Tensors) => tf.Tensor

const shuffled = (rank: number, pick: (ways: number) => number) => {
  const left = Array.from({ length: rank }, (_, axis) => axis)
  return Array.from({ length: rank }, () => left.splice(pick(left.length), 1)[0] ?? 0)
}

const numbers = (count: number) => tf.tensor1d(uniformArray(count, count))

const steps: Readonly<Record<string, Step>> = {
  transpose: (t, pick) => tf.transpose(t, shuffled(t.rank, pick)),
  'transpose again': (t, pick) => tf.transpose(t, shuffled(t.rank, pick)),
  relu: (t) => tf.relu(t),
  bias: (t) => tf.add(t, numbers(t.shape[t.rank - 1] ?? 1)),
  'scale by one axis': (t, pick) => {
    const axis = pick(t.rank)
    return tf.mul(
      t,
      tf.reshape(
        numbers(t.shape[axis] ?? 1),
        t.shape.map((size, each) => (each === axis ? size : 1)),
      ),
    )
  },
  'subtract an input': (t, _, { y }) => (t.size === y.size ? tf.sub(tf.reshape(y, t.shape), t) : t),
  mask: (t) => tf.where(tf.greater(t, 0.1), t, tf.mul(t, 0.5)),
  sum: (t, pick) => (t.rank > 2 ? tf.sum(t, [pick(t.rank)], pick(2) === 1) : t),
  mean: (t, pick) => (t.rank > 2 ? tf.mean(t, [pick(t.rank), pick(t.rank)]) : t),
  'join axes': (t, pick) => {
    if (t.rank < 3) return t
    const axis = pick(t.rank - 1)
    return tf.reshape(t, [...t.shape.slice(0, axis), (t.shape[axis] ?? 1) * (t.shape[axis + 1] ?? 1), ...t.shape.slice(axis + 2)])
  },
  'split an axis': (t, pick) => {
    const axis = pick(t.rank)
    const size = t.shape[axis] ?? 1
    return size % 2 === 0 && t.rank < 6 ? tf.reshape(t, [...t.shape.slice(0, axis), 2, size / 2, ...t.shape.slice(axis + 1)]) : t
  },
  'add an axis': (t, pick) => (t.rank < 6 ? tf.expandDims(t, pick(t.rank + 1)) : t),
  flatten: (t) => tf.reshape(t, [t.shape[0] ?? 1, -1]),
  pad: (t, pick) => {
    const axis = pick(t.rank)
    return tf.pad(
      t,
      t.shape.map((_, each): [number, number] => (each === axis ? [1, 0] : [0, 0])),
      0.5,
    )
  },
  slice: (t, pick) => {
    const axis = pick(t.rank)
    return tf.slice(
      t,
      t.shape.map((size, each) => (each === axis && size > 1 ? 1 : 0)),
    )
  },
  reverse: (t, pick) => tf.reverse(t, pick(t.rank)),
  concat: (t, pick) => tf.concat([t, tf.neg(t)], pick(t.rank)),
  gather: (t, pick) => tf.gather(t, tf.tensor1d([0, (t.shape[0] ?? 1) - 1, 0], 'int32'), pick(2) === 1 ? 0 : undefined),
  tile: (t, pick) => {
    const axis = pick(t.rank)
    return tf.tile(
      t,
      t.shape.map((_, each) => (each === axis ? 2 : 1)),
    )
  },
  softmax: (t) => tf.softmax(t),
  split: (t, pick) => {
    const axis = pick(t.rank)
    const parts = tf.split(t, new Array<number>(t.shape[axis] ?? 1).fill(1), axis)
    return tf.add(parts[0] ?? t, parts.at(-1) ?? t)
  },
  product: (t) => (t.rank === 2 ? tf.matMul(t, tf.reshape(numbers(3 * (t.shape[1] ?? 1)), [t.shape[1] ?? 1, 3])) : t),
  'product with itself': (t) => (t.rank === 2 && t.size < 500 ? tf.matMul(t, t, false, true) : t),
}

const programs = fc.record({
  names: fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 2, maxLength: 10 }),
  seed: fc.nat(),
})

function run({ names, seed }: { readonly names: readonly string[]; readonly seed: number }, inputs: Tensors): tf.Tensor {
  let state = seed
  const pick = (ways: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return Math.floor((state / 2 ** 32) * ways)
  }
  let t: tf.Tensor = tf.sigmoid(inputs.x)
  for (const name of ['transpose', ...names]) {
    const next = steps[name]?.(t, pick, inputs) ?? t
    if (next.size <= 2000) t = next
  }
  return t
}

describe('sinkTransposes', () => {
  it('keeps the results of random computations', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        await sinkSafely((inputs) => {
          const result = run(program, inputs)
          return { result, all: tf.sum(tf.square(result)) }
        })
      }),
      { seed: 11, numRuns: 60, endOnFailure: true },
    )
  })

  it('lets opposite orders meet past a bias, an activation, a pad, and a mask', async () => {
    const after = await sinkSafely(({ x, y }) => {
      const t = tf.transpose(tf.exp(x), [0, 2, 3, 1])
      const biased = tf.relu(tf.add(t, tf.tensor1d([1, 2, 3])))
      const padded = tf.pad(biased, [
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 2],
      ])
      const masked = tf.mul(padded, tf.cast(tf.greater(padded, 1), 'float32'))
      return { result: tf.neg(tf.transpose(masked, [0, 3, 1, 2])), y: tf.neg(y) }
    })
    expect(after).not.toContain('Transpose')
  })

  it('lets a sum over all that was reordered absorb it', async () => {
    const after = await sinkSafely(({ x }) => ({ result: tf.sum(tf.transpose(tf.exp(x), [0, 2, 3, 1]), [0, 1, 2]) }))
    expect(after).toEqual(['Exp', 'ReduceSum'])
  })

  it('reorders an input in place of everything after it, and only once', async () => {
    const after = await sinkSafely(({ x, y }) => {
      const inner = tf.transpose(tf.exp(tf.transpose(y, [1, 2, 3, 0])), [3, 0, 1, 2])
      const flat = tf.reshape(inner, [2, 60])
      const error = tf.sub(flat, tf.reshape(x, [2, 60]))
      return { loss: tf.sum(tf.square(error)), gradient: tf.neg(tf.transpose(tf.reshape(error, [2, 3, 4, 5]), [1, 2, 3, 0])) }
    })
    expect(after.filter((op) => op === 'Transpose')).toHaveLength(2)
  })

  it('leaves the graph as it is where nothing would be saved', async () => {
    const after = await sinkSafely(({ x, y }) => ({
      result: tf.matMul(tf.reshape(tf.add(tf.transpose(x), tf.reshape(y, [5, 4, 3, 2])), [5, 24]), tf.ones([24, 2])),
    }))
    expect(after.filter((op) => op === 'Transpose')).toHaveLength(1)
  })

  it('computes what depends on the state alone in the layout of the state', () => {
    const filter = tf.variable(tf.ones([3, 3, 2, 4]))
    const state = createState({ filter })
    const step = ({ x }: { readonly x: tf.Tensor }) => {
      const lossOf = () => tf.mean(tf.square(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'))) as tf.Scalar
      const { value, grads } = tf.variableGrads(lossOf, [filter])
      const gradient = tf.add(grads[filter.name] ?? filter, tf.mul(filter, 0.01))
      filter.assign(tf.sub(filter, tf.mul(gradient, tf.sqrt(tf.square(gradient)))))
      return { loss: value }
    }
    const graph = traceGraph(step, { state, inputs: { x: { shape: [16, 8, 8, 2], dtype: 'float32' } } })
    const reordered = graph.nodes.filter(({ op }) => op === 'Transpose').map(({ inputs }) => inputs[0]?.shape)
    expect(reordered).toEqual([
      [9, 2, 4],
      [16, 64, 2],
      [2, 9, 4],
    ])
  })
})

describe('settleTransposes', () => {
  it('leaves axes of one element out, and takes those together that stay together', async () => {
    const graph = traceUnrewritten(({ x }) => ({
      moved: tf.transpose(tf.reshape(tf.neg(x), [2, 1, 3, 4, 5]), [4, 1, 2, 3, 0]),
      kept: tf.exp(tf.transpose(tf.reshape(x, [2, 1, 60]), [0, 2, 1])),
    }))
    const settled = settleTransposes.rewrite(graph)
    checkGraph(settled)
    expect(await runGraph(settled)).toEqual(await runGraph(graph))
    const transposes = settled.nodes.filter(({ op }) => op === 'Transpose')
    expect(transposes.map(({ inputs, attributes }) => [inputs[0]?.shape, attributes.perm])).toEqual([
      [
        [2, 12, 5],
        [2, 1, 0],
      ],
    ])
  })

  it('makes equal reorderings one', () => {
    const graph = traceUnrewritten(({ x }) => ({
      a: tf.exp(tf.transpose(tf.reshape(x, [6, 20]))),
      b: tf.neg(tf.transpose(tf.reshape(x, [6, 1, 4, 5]), [2, 3, 1, 0])),
    }))
    expect(operators(settleTransposes.rewrite(graph)).filter((op) => op === 'Transpose')).toHaveLength(1)
  })
})

/** Traces a step of Adam and lists the shapes that are reordered, those of filters left out. */
function reorderedImages(model: layers.LayersModel, shape: readonly number[]): (readonly number[])[] {
  const weights = Object.fromEntries(model.trainableWeights.map((weight) => [weight.name, weight.read() as tf.Variable]))
  const others = Object.fromEntries(model.nonTrainableWeights.map((weight) => [weight.name, weight.read() as tf.Variable]))
  const optimizer = tf.train.adam(0.001)
  const state = createState({ ...weights, ...others, ...optimizerVariables(optimizer, weights) })
  const lossOf = (x: tf.Tensor) => tf.losses.meanSquaredError(x, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar
  const step = ({ x }: { readonly x: tf.Tensor }) => ({
    loss: optimizer.minimize(() => lossOf(x), true, Object.values(weights)) as tf.Scalar,
  })
  const graph = traceGraph(step, { state, inputs: { x: { shape, dtype: 'float32' } } })
  const isFilter = (each: readonly number[]) => each.includes(9) // 3x3, as one axis
  const reordered = graph.nodes.filter(({ op }) => op === 'Transpose').map(({ inputs }) => inputs[0]?.shape ?? [])
  return reordered.filter((each) => !isFilter(each))
}

describe('a training step of a convolutional autoencoder reorders', () => {
  const { layers: make } = layers

  it('the input, with strides and transposed convolutions', () => {
    const shared = { kernelSize: 3, strides: 2, padding: 'same' } as const
    const model = layers.sequential({
      layers: [
        make.reshape({ targetShape: [28, 28, 1], inputShape: [784] }),
        make.conv2d({ ...shared, filters: 16, activation: 'relu' }),
        make.conv2d({ ...shared, filters: 32, activation: 'relu' }),
        make.conv2dTranspose({ ...shared, filters: 16, activation: 'relu' }),
        make.conv2dTranspose({ ...shared, filters: 1, activation: 'sigmoid' }),
        make.flatten(),
      ],
    })
    expect(reorderedImages(model, [128, 784])).toEqual([[128, 784]])
  })

  it('the input, with maxima, upsampling and batch normalisation', () => {
    const shared = { kernelSize: 3, padding: 'same', activation: 'relu' } as const
    const model = layers.sequential({
      layers: [
        make.conv2d({ ...shared, filters: 4, inputShape: [8, 8, 2] }),
        make.batchNormalization(),
        make.maxPooling2d({ poolSize: 2 }),
        make.conv2d({ ...shared, filters: 6 }),
        make.upSampling2d({ size: [2, 2] }),
        make.conv2d({ ...shared, filters: 2 }),
      ],
    })
    expect(reorderedImages(model, [32, 8, 8, 2])).toEqual([[32, 64, 2]])
  })

  it('the input, and what a dense code flattens and unflattens', () => {
    const shared = { kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' } as const
    const model = layers.sequential({
      layers: [
        make.conv2d({ ...shared, filters: 4, inputShape: [8, 8, 1] }),
        make.flatten(),
        make.dense({ units: 5 }),
        make.dense({ units: 64 }),
        make.reshape({ targetShape: [4, 4, 4] }),
        make.conv2dTranspose({ ...shared, filters: 1 }),
      ],
    })
    const [flat, unflat] = [
      [4, 16, 32],
      [32, 16, 4],
    ]
    expect(reorderedImages(model, [32, 8, 8, 1])).toEqual([[32, 64], flat, unflat, flat, unflat])
  })
})
