import { describe, expect, it } from 'vitest'
import { compile, createState } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

const examples = 5
const [rows, images] = [
  { shape: [examples, 6], dtype: 'float32' },
  { shape: [examples, 4, 4, 2], dtype: 'float32' },
] as const

/** What is computed of each example, of [5, 6] numbers and [5, 4, 4, 2] images. */
type OfExamples = (x: tf.Tensor2D, images: tf.Tensor4D) => tf.Tensor

const constant = (shape: readonly number[], seed = 3): tf.Tensor =>
  tf.tensor(
    uniformArray(
      seed,
      shape.reduce((a, b) => a * b, 1),
    ),
    [...shape],
  )

const operators: Readonly<Record<string, OfExamples>> = {
  'arithmetic with what has a row for each example': (x) => tf.add(tf.mul(x, constant([5, 6])), constant([5, 1])),
  'arithmetic with one row for all': (x) => tf.div(tf.sub(x, constant([6])), 2),
  'a choice': (x) => tf.where(tf.greater(x, constant([5, 1])), x, constant([5, 6])),
  'products of matrices': (x) => tf.matMul(x, constant([6, 3])) as tf.Tensor,
  'products from the left': (x) => tf.transpose(tf.matMul(constant([3, 6]), x, false, true)),
  'products of each example': (_, image) => tf.matMul(tf.reshape(image, [5, 4, 8]), tf.reshape(image, [5, 4, 8]), true),
  'products with a batch of matrices': (x) => tf.matMul(tf.reshape(x, [5, 2, 3]), constant([5, 3, 2])),
  'products of all pixels with a matrix': (_, image) => tf.reshape(tf.matMul(tf.reshape(image, [80, 2]), constant([2, 3])), [5, 48]),
  einsum: (x) => tf.einsum('bi,ij->bj', x, constant([6, 2])),
  convolution: (_, image) => tf.conv2d(image, constant([3, 3, 2, 3]) as tf.Tensor4D, 2, 'same'),
  'depthwise convolution': (_, image) => tf.depthwiseConv2d(image, constant([3, 3, 2, 2]) as tf.Tensor4D, 1, 'same'),
  'transposed convolution': (_, image) => tf.conv2dTranspose(image, constant([3, 3, 4, 2]) as tf.Tensor4D, [5, 8, 8, 4], 2, 'same'),
  'maxima of windows': (_, image) => tf.maxPool(image, 2, 2, 'same'),
  'means of windows': (_, image) => tf.avgPool(image, 3, 2, 'same'),
  'sums and means over some axes': (_, image) => tf.add(tf.sum(image, [1, 3]), tf.mean(image, [2, 3])),
  maxima: (x) => tf.div(tf.max(x, 1, true), tf.expandDims(tf.add(tf.min(tf.abs(x), 1), 1), 1)),
  softmax: (x) => tf.softmax(x),
  'sums along an axis': (x) => tf.cumsum(x, 1),
  places: (x) => tf.cast(tf.argMax(x, 1), 'float32'),
  'the largest': (x) => tf.topk(x, 2).values,
  'rows of a table': (x) => {
    const numbers = tf.cast(tf.mul(tf.abs(tf.slice(x, [0, 0], [5, 1])), 6), 'int32')
    return tf.gather(constant([7, 3]), tf.reshape(numbers, [5]) as tf.Tensor1D)
  },
  columns: (x) => tf.gather(x, [4, 0, 4], 1),
  'parts beside each other': (x) => tf.concat([tf.slice(x, [0, 1], [5, 2]), constant([5, 2]), tf.reverse(x, 1)], 1),
  'pieces of an axis': (x) => tf.add(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])),
  padding: (x) =>
    tf.pad(
      x,
      [
        [0, 0],
        [1, 2],
      ],
      0.5,
    ),
  repetition: (x) => tf.tile(x, [1, 3]),
  'other orders of axes': (_, image) => tf.transpose(tf.square(tf.transpose(image, [3, 1, 0, 2])), [2, 0, 1, 3]),
  'other shapes': (x, image) => {
    const some = tf.slice(tf.reshape(image, [5, 32]), [0, 3], [5, 6])
    return tf.mul(tf.reshape(tf.reshape(x, [1, 5, 2, 3]), [5, 6]), some)
  },
}

describe('what is computed of each example', () => {
  it.each(Object.entries(operators))('can be computed by halves: %s', async (_, compute) => {
    const state = createState({ total: tf.variable(tf.scalar(0)) })
    const step = ({ x, image }: { readonly x: tf.Tensor; readonly image: tf.Tensor }) => {
      const parts = compute(x as tf.Tensor2D, image as tf.Tensor4D)
      return { parts, total: tf.sum(parts), mean: tf.mean(parts, 0), squares: tf.mean(tf.square(parts)), ratio: tf.div(tf.sum(parts), 3) }
    }
    const inputs = { x: rows, image: images }
    const values = { x: uniformArray(1, 30), image: uniformArray(2, 160) }
    const whole = await compile(step, { state, inputs, threads: 1 })
    const halves = await compile(step, { state, inputs, threads: 1, step: 'halves' })
    expect(halves.step).toEqual({ kind: 'halves', threads: 1, reasons: [] })
    const [expected, results] = [await whole.run(values), await halves.run(values)]
    for (const [name, result] of Object.entries(results)) expectClose(result, expected[name as keyof typeof expected], 1e-5)
    await whole.dispose()
    await halves.dispose()
    tf.disposeVariables()
  })
})

/** What brings examples together by something else than a sum. */
const others: Readonly<Record<string, OfExamples>> = {
  'products of examples': (x) => tf.matMul(x, x, false, true),
  'maxima over the examples': (x) => tf.max(x, 0),
  'their order': (x) => tf.reverse(x, 0),
  'sums so far': (x) => tf.cumsum(x, 0),
  'one of them': (x) => tf.slice(x, [1, 0], [1, 6]),
  'some of them': (x) => tf.gather(x, [1, 1, 0], 0),
  'deviations from their mean': (x) => tf.sub(x, tf.mean(x, 0)),
  'their axis merged into the one before': (x) => tf.reshape(tf.transpose(x), [30]),
  'what lies before and after them': (x) =>
    tf.pad(x, [
      [1, 0],
      [0, 0],
    ]),
}

describe('what examples do not give alone', () => {
  it.each(Object.entries(others))('is computed whole, for a reason that names the operator: %s', async (_, compute) => {
    const step = ({ x }: { readonly x: tf.Tensor }) => ({ result: compute(x as tf.Tensor2D, tf.zeros([1, 1, 1, 1])) })
    const compiled = await compile(step, { inputs: { x: rows }, threads: 1, step: 'halves' })
    expect(compiled.step.kind).toBe('whole')
    expect(compiled.step.reasons[0]).toMatch(/^\w+\(.*float32\[.*\) [a-z]|^output result/)
    await compiled.dispose()
  })
})
