import { describe, expect, it } from 'vitest'
import { compile, traceGraph } from '../src/index.js'
import { tf } from './eager.js'
import { expectClose, uniformArray } from './numbers.js'

type Encode = (x: tf.Tensor, w: tf.Tensor) => tf.Tensor

const tolerance = 1e-5

/** The gradient with respect to w of the squared norm of the gradient with respect to x: what a Jacobian penalty trains with. */
function penaltyGradient(encode: Encode) {
  return (x: tf.Tensor, w: tf.Tensor) =>
    tf.grad((weights) => {
      const inner = tf.grad((each) => tf.sum(tf.square(encode(each, weights))))(x)
      return tf.sum(tf.square(inner))
    })(w)
}

async function comparePenalty(encode: Encode, shapes: { readonly x: readonly number[]; readonly w: readonly number[] }): Promise<void> {
  const size = (shape: readonly number[]) => shape.reduce((product, each) => product * each, 1)
  const [x, w] = [uniformArray(1, size(shapes.x)), uniformArray(2, size(shapes.w))]
  const call = penaltyGradient(encode)
  const expected = tf.tidy(() => call(tf.tensor(x, [...shapes.x]), tf.tensor(w, [...shapes.w])).dataSync<'float32'>())
  const compiled = await compile((inputs) => ({ gradient: call(inputs.x, inputs.w) }), {
    inputs: { x: { shape: shapes.x, dtype: 'float32' }, w: { shape: shapes.w, dtype: 'float32' } },
    threads: 1,
  })
  const { gradient } = await compiled.run({ x, w })
  await compiled.dispose()
  expect(expected.some((value) => value !== 0)).toBe(true)
  expectClose(gradient, expected, tolerance)
}

const activations = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu, elu: tf.elu, softplus: tf.softplus } as const
/** tfjs has no derivative of EluGrad, so that elu has a first one only. */
const twice = Object.entries(activations).filter(([name]) => name !== 'elu')

describe('second derivatives follow tfjs', () => {
  it.each(twice)('through a dense layer with %s', async (_, activation) => {
    await comparePenalty((x, w) => activation(tf.matMul(x, w)), { x: [5, 7], w: [7, 4] })
  })

  it.each(twice)('through a convolution with %s', async (_, activation) => {
    const encode: Encode = (x, w) => activation(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'))
    await comparePenalty(encode, { x: [3, 6, 6, 2], w: [3, 3, 2, 4] })
  })

  it('through a convolution of many images, and one transposed', async () => {
    const encode: Encode = (x, w) => {
      const codes = tf.tanh(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'))
      return tf.conv2dTranspose(codes as tf.Tensor4D, w as tf.Tensor4D, [16, 6, 6, 2], 2, 'same')
    }
    await comparePenalty(encode, { x: [16, 6, 6, 2], w: [3, 3, 2, 4] })
  })
})

describe('where tfjs has no second derivative, tracing says so like tfjs:', () => {
  const type = { dtype: 'float32' } as const
  const trace = (encode: Encode, x: readonly number[], w: readonly number[]) =>
    traceGraph((inputs) => ({ gradient: penaltyGradient(encode)(inputs.x, inputs.w) }), {
      inputs: { x: { ...type, shape: x }, w: { ...type, shape: w } },
    })

  it('EluGrad', () => {
    expect(() => trace((x, w) => tf.elu(tf.matMul(x, w)), [5, 7], [7, 4])).toThrow(/gradient function not found for EluGrad/)
  })

  it('MaxPoolGrad', () => {
    expect(() =>
      trace((x, w) => tf.maxPool(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'), 2, 2, 'valid'), [3, 6, 6, 2], [3, 3, 2, 4]),
    ).toThrow(/gradient function not found for MaxPoolGrad/)
  })

  it('Conv2DBackpropFilter', () => {
    const twiceByFilter = (x: tf.Tensor, w: tf.Tensor) =>
      tf.grad((weights) => {
        const inner = tf.grad((each) => tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, each as tf.Tensor4D, 1, 'same'))))(weights)
        return tf.sum(tf.square(inner))
      })(w)
    const inputs = { x: { ...type, shape: [3, 6, 6, 2] }, w: { ...type, shape: [3, 3, 2, 4] } }
    expect(() => traceGraph(({ x, w }) => ({ gradient: twiceByFilter(x, w) }), { inputs })).toThrow(
      /gradient function not found for Conv2DBackpropFilter/,
    )
  })
})
