import { afterEach, describe, expect, it } from 'vitest'
import { compile, createState, findOnnxRuntime, type OnnxRuntimeName, onnxRuntimes } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

const before = process.env.HOURGLASS_ONNX_RUNTIME
afterEach(() => {
  if (before === undefined) delete process.env.HOURGLASS_ONNX_RUNTIME
  else process.env.HOURGLASS_ONNX_RUNTIME = before
})

/** Trains a small network for some steps on one runtime and returns the losses and the weights. */
async function train(runtime: OnnxRuntimeName): Promise<{ losses: number[]; weights: Float32Array }> {
  process.env.HOURGLASS_ONNX_RUNTIME = runtime
  const weights = tf.variable(tf.tensor2d(uniformArray(1, 12 * 5), [12, 5]))
  const state = createState({ weights })
  const step = await compile(
    ({ x }) => {
      const loss = () =>
        tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(x, tf.matMul(tf.tanh(tf.matMul(x, weights)), weights, false, true))
      const { value, grads } = tf.variableGrads(loss, [weights])
      weights.assign(tf.sub(weights, tf.mul(0.1, grads[weights.name] ?? tf.scalar(0))))
      return { loss: value }
    },
    { state, inputs: { x: { shape: [20, 12], dtype: 'float32' } }, threads: 1 },
  )
  expect(step.runtime).toBe(runtime)
  const x = uniformArray(2, 20 * 12)
  const losses: number[] = []
  for (let index = 0; index < 50; index++) losses.push((await step.run({ x })).loss[0] ?? Number.NaN)
  await step.dispose()
  weights.dispose()
  return { losses, weights: state.read('weights') }
}

describe('the runtimes of ONNX', () => {
  it.each(onnxRuntimes)('include %s, where it is chosen', async (runtime) => {
    process.env.HOURGLASS_ONNX_RUNTIME = runtime
    expect(await findOnnxRuntime()).toEqual({ runtime })
  })

  it('give the same bits, however the native library is called', async () => {
    expect(await train('native')).toEqual(await train('node'))
  })

  it('train alike, to 1e-5, in one process', async () => {
    const [native, wasm] = [await train('native'), await train('wasm')]
    expect(native.losses.at(-1)).toBeLessThan((native.losses[0] ?? 0) * 0.9)
    expectClose(wasm.losses, native.losses, 1e-5)
    expectClose(wasm.weights, native.weights, 1e-5)
  })

  it.each(onnxRuntimes)('give the same bits each time: %s', async (runtime) => {
    expect(await train(runtime)).toEqual(await train(runtime))
  })

  it('refuse a name that there is not', async () => {
    process.env.HOURGLASS_ONNX_RUNTIME = 'gpu'
    await expect(findOnnxRuntime()).rejects.toMatchObject({
      code: 'RUNTIME_UNAVAILABLE',
      message: 'ONNX Runtime: expected native or node or wasm, got gpu. Set HOURGLASS_ONNX_RUNTIME to one of them, or leave it out.',
    })
  })
})
