import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { compile, createState, type OnnxRuntimeName, onnxRuntimes, optimizerVariables } from '../../src/index.js'
import { tf } from '../eager.js'
import { NetworkWeights, type RandomNetwork, randomNetworks } from '../export/randomNetwork.js'
import { expectClose, uniformArray } from '../numbers.js'

const before = process.env.HOURGLASS_ONNX_RUNTIME
afterEach(() => {
  if (before === undefined) delete process.env.HOURGLASS_ONNX_RUNTIME
  else process.env.HOURGLASS_ONNX_RUNTIME = before
})

/** One step of gradient descent on a network's squared outputs; returns outputs and updated weights by halves and whole. */
async function stepOf(network: RandomNetwork, options: { readonly step: 'whole' | 'halves'; readonly threads: number }) {
  const { width, batch } = network
  const weights = new NetworkWeights()
  tf.tidy(() => {
    weights.apply(network, tf.zeros([batch, width]))
  })
  const variables = Object.values(weights.variables)
  const state = createState(weights.variables)
  const compiled = await compile(
    ({ x }) => {
      const outputs = weights.apply(network, x)
      if (variables.length === 0) return { outputs, loss: tf.mean(tf.square(outputs)) }
      const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(weights.apply(network, x))) as tf.Scalar, variables)
      for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(0.1, grads[variable.name] as tf.Tensor)))
      return { outputs, loss: value }
    },
    { state, inputs: { x: { shape: [batch, width], dtype: 'float32' } }, ...options },
  )
  const results = await compiled.run({ x: uniformArray(batch, batch * width, -2, 2) })
  await compiled.dispose()
  tf.dispose(weights.variables)
  return { results, snapshot: state.snapshot(), kind: compiled.step.kind, reasons: compiled.step.reasons }
}

describe('any small network', () => {
  it('is computed by halves, to the bit alike on one thread and on two', async () => {
    const kinds: string[] = []
    await fc.assert(
      fc.asyncProperty(
        randomNetworks.filter(({ batch }) => batch > 1),
        async (network) => {
          const whole = await stepOf(network, { step: 'whole', threads: 1 }).catch((error: Error) => {
            if (error.message.includes('gradient function not found')) return undefined
            throw error
          })
          // tf.where wants the gradient of its condition where that depends on the weights.
          fc.pre(whole !== undefined)
          const one = await stepOf(network, { step: 'halves', threads: 1 })
          kinds.push([one.kind, ...one.reasons].join(' '))
          expectClose(one.results.loss, whole.results.loss, 1e-4)
          expectClose(one.results.outputs, whole.results.outputs, 1e-4)
          for (const [name, { values }] of Object.entries(whole.snapshot)) expectClose(one.snapshot[name]?.values ?? [], values, 1e-4)
          const two = await stepOf(network, { step: 'halves', threads: 2 })
          expect(two).toEqual(one)
        },
      ),
      { seed: 11, numRuns: 50 },
    )
    expect(kinds).toEqual(kinds.map(() => 'halves'))
  })
})

/** Losses and parameters of a convolutional autoencoder after some steps. */
async function trainConvolutional(options: { readonly step: 'whole' | 'halves'; readonly threads: number; readonly batch: number }) {
  const { batch, ...rest } = options
  const draw = (seed: number, shape: readonly number[]) =>
    tf.tidy(() =>
      tf.variable(
        tf.tensor(
          uniformArray(
            seed,
            shape.reduce((a, b) => a * b, 1),
            -0.3,
            0.3,
          ),
          [...shape],
        ),
      ),
    )
  const parameters = {
    first: draw(1, [3, 3, 1, 4]),
    bias: draw(2, [4]),
    second: draw(3, [3, 3, 4, 6]),
    third: draw(4, [3, 3, 4, 6]),
    last: draw(5, [3, 3, 1, 4]),
  }
  const optimizer = tf.train.adam(0.01)
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const reconstruct = (x: tf.Tensor4D) => {
    const { first, bias, second, third, last } = parameters as unknown as Record<keyof typeof parameters, tf.Tensor4D>
    const images = tf.relu(tf.add(tf.conv2d(x, first, 2, 'same'), bias)) as tf.Tensor4D
    const codes = tf.avgPool(tf.relu(tf.conv2d(images, second, 1, 'same')), 2, 2, 'same')
    const wide = tf.relu(tf.conv2dTranspose(codes, third, [batch, 4, 4, 4], 2, 'same'))
    return tf.sigmoid(tf.conv2dTranspose(wide, last, [batch, 8, 8, 1], 2, 'same'))
  }
  const step = ({ pixels }: { readonly pixels: tf.Tensor }) => {
    const x = tf.reshape(pixels, [batch, 8, 8, 1]) as tf.Tensor4D
    const loss = () => tf.mean(tf.squaredDifference(x, reconstruct(x))) as tf.Scalar
    return { loss: optimizer.minimize(loss, true, Object.values(parameters)) as tf.Scalar }
  }
  const compiled = await compile(step, { state, inputs: { pixels: { shape: [batch, 64], dtype: 'float32' } }, ...rest })
  const losses: number[] = []
  for (let index = 0; index < 20; index++) {
    losses.push((await compiled.run({ pixels: uniformArray(index, batch * 64, 0, 1) })).loss[0] ?? Number.NaN)
  }
  await compiled.dispose()
  const { kind, reasons } = compiled.step
  return { losses, snapshot: state.snapshot(), kind, reasons }
}

describe('a convolutional autoencoder', () => {
  // Convolutions have the batch as their last axis from 8 examples on.
  it.each([5, 9, 32])('is computed by halves of %i examples', async (batch) => {
    const whole = await trainConvolutional({ step: 'whole', threads: 1, batch })
    const one = await trainConvolutional({ step: 'halves', threads: 1, batch })
    expect(one).toMatchObject({ kind: 'halves', reasons: [] })
    expectClose(one.losses, whole.losses, 1e-5)
    expect(await trainConvolutional({ step: 'halves', threads: 2, batch })).toEqual(one)
  })
})

describe('runtimes', () => {
  async function train(runtime: OnnxRuntimeName) {
    process.env.HOURGLASS_ONNX_RUNTIME = runtime
    return trainConvolutional({ step: 'halves', threads: 2, batch: 4 })
  }

  it.each(onnxRuntimes.filter((name) => name !== 'native'))(
    'compute by halves on one thread where another cannot run their sessions: %s',
    async (runtime) => {
      const [native, other] = [await train('native'), await train(runtime)]
      expect(other.kind).toBe('halves')
      expectClose(other.losses, native.losses, 1e-5)
      if (runtime === 'node') expect(other).toEqual(native)
    },
  )
})
