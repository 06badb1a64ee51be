import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { costOfGraph, createState, type InputSpecs, type TracedFunction, traceGraph } from '../src/index.js'

const FLOAT = 4

const cost = <Inputs extends InputSpecs>(fn: TracedFunction<Inputs, Record<string, tf.Tensor>>, inputs: Inputs, variables = {}) =>
  costOfGraph(traceGraph(fn, { inputs, state: createState(variables) }))

const float = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const

describe('the cost of a graph', () => {
  it('counts the multiplications of matrix products, transposed or batched', () => {
    const product = cost(({ a, b }) => ({ y: tf.matMul(a, b) }), { a: float(5, 7), b: float(7, 3) })
    expect(product.multiplications).toEqual({ matrix: 5 * 7 * 3, convolution: 0, transposedConvolution: 0 })
    expect(product.bytes.product).toBe(FLOAT * (5 * 7 + 7 * 3 + 5 * 3))
    const transposed = cost(({ a, b }) => ({ y: tf.matMul(a, b, true, true) }), { a: float(7, 5), b: float(3, 7) })
    expect(transposed.multiplications.matrix).toBe(5 * 7 * 3)
    const batched = cost(({ a, b }) => ({ y: tf.matMul(a, b) }), { a: float(11, 5, 7), b: float(11, 7, 3) })
    expect(batched.multiplications.matrix).toBe(11 * 5 * 7 * 3)
    const sum = cost(({ a, b }) => ({ y: tf.einsum('ij,kj->ik', a, b) }), { a: float(5, 7), b: float(3, 7) })
    expect(sum.multiplications.matrix).toBe(5 * 7 * 3)
  })

  it('counts the multiplications of a dense training step: one product forward, two backward, but no gradient of the input', () => {
    const [batch, input, hidden] = [16, 10, 4]
    const encoder = tf.variable(tf.ones([input, hidden]))
    const decoder = tf.variable(tf.ones([hidden, input]))
    const step = cost(
      ({ x }) => {
        const loss = () => tf.sum(tf.square(tf.sub(tf.matMul(tf.matMul(x, encoder), decoder), x))) as tf.Scalar
        const { value, grads } = tf.variableGrads(loss, [encoder, decoder])
        for (const variable of [encoder, decoder]) variable.assign(tf.sub(variable, tf.mul(0.1, grads[variable.name] ?? 0)))
        return { loss: value }
      },
      { x: float(batch, input) },
      { encoder, decoder },
    )
    expect(step.multiplications.matrix).toBe(5 * batch * input * hidden)
    expect(step.updatedElements).toBe(2 * input * hidden)
    // Each loop loads a parameter and its gradient and stores the parameter.
    expect(step.bytes.update).toBe(2 * 3 * FLOAT * input * hidden)
    // The input, two parameters; the loss and two gradients.
    expect(step.tensors).toBe(6)
    expect(step.bytes.input).toBe(FLOAT * batch * input)
    expect(step.bytes.output).toBe(FLOAT)
    tf.dispose([encoder, decoder])
  })

  it('counts the multiplications of convolutions', () => {
    const inputs = { x: float(2, 8, 8, 3), w: float(3, 3, 3, 5) }
    // Each of 5 values at 4 x 4 places is a sum over 3 x 3 x 3.
    const convolve = ({ x, w }: Record<string, tf.Tensor>) => ({ y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same') })
    const { multiplications } = costOfGraph(traceGraph(convolve, { inputs, rewrite: false }))
    expect(multiplications).toEqual({ matrix: 0, convolution: 2 * 4 * 4 * 5 * 3 * 3 * 3, transposedConvolution: 0 })
  })

  it('counts the multiplications of transposed convolutions', () => {
    const inputs = { x: float(2, 4, 4, 5), w: float(3, 3, 3, 5) }
    // Each of 5 values at 4 x 4 places is spread over 3 x 3 x 3.
    const spread = ({ x, w }: Record<string, tf.Tensor>) => ({
      y: tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 8, 3], 2, 'same'),
    })
    const { multiplications } = costOfGraph(traceGraph(spread, { inputs, rewrite: false }))
    expect(multiplications).toEqual({ matrix: 0, convolution: 0, transposedConvolution: 2 * 4 * 4 * 5 * 3 * 3 * 3 })
  })

  it('counts bytes by what touches them, and slow functions by what they take', () => {
    const elementwise = cost(({ x }) => ({ y: tf.add(tf.abs(x), 1) }), { x: float(6, 5) })
    expect(elementwise).toMatchObject({ operators: 2, tensors: 2, functionValues: 0, updatedElements: 0 })
    // Two operators that read and write 30 floats, and the constant.
    expect(elementwise.bytes.elementwise).toBe(FLOAT * (30 + 30 + 30 + 30 + 1))
    expect(elementwise.bytes.output).toBe(FLOAT * 30)
    const logarithm = cost(({ x }) => ({ y: tf.log(x) }), { x: float(6, 5) })
    expect(logarithm.functionValues).toBe(30)
    const softplus = cost(({ x }) => ({ y: tf.softplus(x) }), { x: float(6, 5) })
    expect(softplus.functionValues).toBeGreaterThan(logarithm.functionValues)
    const sum = cost(({ x }) => ({ y: tf.sum(x, 0) }), { x: float(6, 5) })
    // The axis is an int64.
    expect(sum.bytes.reduction).toBe(FLOAT * (30 + 5) + 8)
    const transposed = cost(({ x }) => ({ y: tf.transpose(x) }), { x: float(6, 5) })
    expect(transposed.bytes.layout).toBe(FLOAT * 60)
    expect(cost(({ x }) => ({ y: tf.reshape(x, [30]) }), { x: float(6, 5) }).bytes.layout).toBe(0)
  })

  it('counts what update loops load and store, scalars once', () => {
    const [weights, moment, count] = [tf.variable(tf.ones([40])), tf.variable(tf.zeros([40])), tf.variable(tf.scalar(0))]
    const step = cost(
      ({ gradient }) => {
        moment.assign(tf.add(tf.mul(moment, 0.9), gradient))
        count.assign(tf.add(count, 1))
        weights.assign(tf.sub(weights, tf.div(moment, count)))
        return {}
      },
      { gradient: float(40) },
      { weights, moment, count },
    )
    expect(step).toMatchObject({ operators: 0, updatedElements: 81 })
    expect(step.bytes.update).toBe(FLOAT * 40 * 5)
    tf.dispose([weights, moment, count])
  })
})
