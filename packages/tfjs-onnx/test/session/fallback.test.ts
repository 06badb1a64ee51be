import { beforeAll, expect, it } from 'vitest'
import { compile, findOnnxRuntime } from '../../src/index.js'
import { tf } from '../eager.js'

// A processor for which the package has no native library, as on an Intel Mac.
beforeAll(() => {
  delete process.env.HOURGLASS_ONNX_RUNTIME
  Object.defineProperty(process, 'arch', { value: 'ia32' })
})

it('runs in WebAssembly where the native library does not load, and says why', async () => {
  expect(await findOnnxRuntime()).toEqual({
    runtime: 'wasm',
    reason: expect.stringMatching(/^the native library does not load here: Cannot find module .*ia32.*onnxruntime_binding\.node/),
  })
  const doubled = await compile(({ x }) => ({ y: tf.mul(x, 2) }), { inputs: { x: { shape: [2], dtype: 'float32' } } })
  expect(doubled.runtime).toBe('wasm')
  expect(await doubled.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(2, 4) })
  await doubled.dispose()
})

it('refuses to run natively there, and says what to do', async () => {
  process.env.HOURGLASS_ONNX_RUNTIME = 'node'
  await expect(findOnnxRuntime()).rejects.toMatchObject({
    code: 'RUNTIME_UNAVAILABLE',
    message: expect.stringMatching(
      /^ONNX Runtime: expected the runtime node to load, got Cannot find module.*Leave HOURGLASS_ONNX_RUNTIME out/,
    ),
  })
})
