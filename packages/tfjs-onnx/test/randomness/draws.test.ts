import * as layers from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { type Draw, type DrawnDistribution, traceGraph } from '../../src/index.js'
import { tf } from '../eager.js'

const x = { shape: [2, 3], dtype: 'float32' } as const

function drawsOf(call: (x: tf.Tensor) => tf.Tensor): readonly (Draw & { readonly type: string })[] {
  const { inputs } = traceGraph((inputs) => ({ y: tf.cast(call(inputs.x), 'float32') }), { inputs: { x } })
  return inputs.flatMap(({ draw, value }) => (draw ? [{ ...draw, type: `${value.dtype}[${value.shape}]` }] : []))
}

describe('a function that draws', () => {
  it.each([
    ['tf.randomNormal', () => tf.randomNormal([4], 0.3, 1e-3), 'float32[4]', { kind: 'normal', mean: 0.3, standardDeviation: 1e-3 }],
    ['of one element', () => tf.randomNormal([1], -2, 5), 'float32[1]', { kind: 'normal', mean: -2, standardDeviation: 5 }],
    ['without deviation', () => tf.randomNormal([2], 4, 0), 'float32[2]', { kind: 'normal', mean: 4, standardDeviation: 0 }],
    ['far from 0', () => tf.randomNormal([2], 1e9, 3), 'float32[2]', { kind: 'normal', mean: 1e9, standardDeviation: 3 }],
    ['of int32', () => tf.randomNormal([9], 5, 20, 'int32'), 'int32[9]', { kind: 'normal', mean: 5, standardDeviation: 20 }],
    ['tf.randomStandardNormal', () => tf.randomStandardNormal([2]), 'float32[2]', { kind: 'normal', mean: 0, standardDeviation: 1 }],
    ['tf.randomUniform', () => tf.randomUniform([], -1, 2.5), 'float32[]', { kind: 'uniform', low: -1, high: 2.5 }],
    ['of bool', () => tf.randomUniform([3], 0, 2, 'bool'), 'bool[3]', { kind: 'uniform', low: 0, high: 2 }],
    ['tf.randomUniformInt', () => tf.randomUniformInt([3], -4, 9), 'int32[3]', { kind: 'uniform', low: -4, high: 9 }],
    [
      'tf.truncatedNormal',
      () => tf.truncatedNormal([5], 7, 0.01),
      'float32[5]',
      { kind: 'truncatedNormal', mean: 7, standardDeviation: 0.01 },
    ],
    ['tf.dropout', (each) => tf.dropout(each, 0.3, [2, 1]), 'float32[2,1]', { kind: 'uniform', low: 0, high: 1 }],
    ['tf.multinomial', () => tf.multinomial(tf.tensor1d([0, 1, 2]), 4), 'float32[1,4,3]', { kind: 'uniform', low: 0, high: 1 }],
  ] as readonly (readonly [string, (x: tf.Tensor) => tf.Tensor, string, DrawnDistribution])[])(
    'has a hidden input of its distribution: %s',
    (_, call, type, distribution) => {
      const before = tf.memory().numTensors
      expect(drawsOf((each) => tf.tidy(() => call(each)))).toEqual([{ place: 0, distribution, type }])
      expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1)
    },
  )

  it.each([
    ['dropout', layers.layers.dropout({ rate: 0.5 }), { kind: 'uniform', low: 0, high: 1 }],
    ['gaussianNoise', layers.layers.gaussianNoise({ stddev: 0.2 }), { kind: 'normal', mean: 0, standardDeviation: 0.2 }],
    ['gaussianDropout', layers.layers.gaussianDropout({ rate: 0.2 }), { kind: 'normal', mean: 1, standardDeviation: 0.5 }],
    ['alphaDropout', layers.layers.alphaDropout({ rate: 0.2 }), { kind: 'uniform', low: 0, high: 1 }],
  ])('also in a layer: %s, and only when it trains', (_, layer, distribution) => {
    expect(drawsOf((each) => layer.apply(each, { training: true }) as tf.Tensor)).toMatchObject([{ distribution, type: 'float32[2,3]' }])
    expect(drawsOf((each) => layer.apply(each, { training: false }) as tf.Tensor)).toEqual([])
  })

  it('says which seed a call was given', () => {
    const calls = (each: tf.Tensor) =>
      tf.addN([tf.randomNormal([2, 3], 0, 1, 'float32', 7), tf.dropout(each, 0.5, undefined, 8), tf.randomUniform([2, 3])])
    expect(drawsOf(calls).map(({ place, seed }) => [place, seed])).toEqual([
      [0, 7],
      [1, 8],
      [2, undefined],
    ])
    expect(drawsOf(() => tf.multinomial(tf.tensor1d([0, 1]), 2, 9))).toMatchObject([{ seed: 9 }])
  })

  it('leaves Math, numbers and buffers as they were, also where it throws', () => {
    const before = [Math.random, Math.round, Number.prototype.toString]
    drawsOf(() => tf.randomNormal([2]))
    expect(() => drawsOf(() => tf.rand([2], () => 1))).toThrow('tf.rand')
    expect([Math.random, Math.round, Number.prototype.toString]).toEqual(before)
    expect(Object.hasOwn(tf.TensorBuffer.prototype, 'values')).toBe(false)
    expect(tf.tidy(() => tf.randomNormal([1000]).size)).toBe(1000)
  })

  it('may use the text of numbers, buffers and rounding as always', () => {
    const call = () => {
      const buffer = tf.buffer([2], 'float32')
      buffer.set(Math.round(1.6), 0)
      return tf.add(tf.add(buffer.toTensor(), Number((255).toString(16).length)), tf.randomUniform([2]))
    }
    expect(drawsOf(call)).toHaveLength(1)
  })
})
