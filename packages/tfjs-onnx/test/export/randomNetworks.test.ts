import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createState, exportOnnx } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'
import { NetworkWeights, type RandomNetwork, randomNetworks } from './randomNetwork.js'
import { findPython, runInPython } from './runInPython.js'
import { type PlainTensor, runModel } from './runModel.js'

/** Exports a network; gives the model, an input and what tfjs makes of it. */
function exportNetwork(network: RandomNetwork) {
  const { width, batch } = network
  const weights = new NetworkWeights()
  const x: PlainTensor = { shape: [batch, width], values: uniformArray(batch, batch * width, -2, 2) }
  const y = tf.tidy(() => weights.apply(network, tf.tensor(x.values, [batch, width])))
  const expected: PlainTensor = { shape: y.shape, values: Float32Array.from(y.dataSync()) }
  y.dispose()
  const model = exportOnnx((inputs) => ({ y: weights.apply(network, inputs.x) }), {
    inputs: { x: { shape: ['batch', width], dtype: 'float32' } },
    state: createState(weights.variables),
  })
  tf.dispose(weights.variables)
  return { model, inputs: { x }, expected }
}

function expectLike(y: PlainTensor | undefined, expected: PlainTensor): void {
  expect(y?.shape).toEqual(expected.shape)
  expectClose(y?.values ?? [], expected.values, 1e-4)
}

describe('the exported model of any small network', () => {
  it.each([
    ['onnxruntime-node', 60],
    // Each session takes it half a second.
    ['onnxruntime-web', 15],
  ] as const)('computes in %s what tfjs computes', async (runtime, numRuns) => {
    await fc.assert(
      fc.asyncProperty(randomNetworks, async (network) => {
        const { model, inputs, expected } = exportNetwork(network)
        expectLike((await runModel(runtime, model, inputs)).y, expected)
      }),
      { numRuns },
    )
    expect(tf.memory().numTensors).toBe(0)
  })

  const { python, reason } = findPython()
  it.skipIf(!python)(`passes ONNX’s checker and computes the same in Python ${reason && `(skipped: ${reason})`}`, () => {
    const exported = fc.sample(randomNetworks, 60).map(exportNetwork)
    const answers = runInPython(python ?? '', exported)
    for (const [index, { expected }] of exported.entries()) expectLike(answers[index]?.y, expected)
  })
})
