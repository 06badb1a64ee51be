import { env, InferenceSession, Tensor } from 'onnxruntime-web'
import { commonSessionOptions, type OnnxRuntime } from './Session.js'
import { TensorSession } from './TensorSession.js'

/** ONNX Runtime in WebAssembly. Its files lie in its package; nothing is fetched. */
export const wasmRuntime: OnnxRuntime = {
  name: 'wasm',
  async openSession(model, { threads }) {
    // Read once, when the first session starts the module.
    env.wasm.numThreads ??= threads
    return new TensorSession(await InferenceSession.create(model, { ...commonSessionOptions, executionProviders: ['wasm'] }), {
      runtime: 'wasm',
      Tensor,
      run: async (session, feeds, fetches) => {
        // It leaves preallocated outputs as they are and says nothing: results come in arrays of their own.
        const results = await session.run(feeds, Object.keys(fetches))
        for (const [name, { data }] of Object.entries(fetches)) copyData(results[name]?.data, data)
      },
    })
  },
}

function copyData(from: Tensor['data'] | undefined, to: Tensor['data']): void {
  if (from instanceof Float32Array && to instanceof Float32Array) to.set(from)
  else throw new TypeError(`output of ONNX Runtime: expected float32, got ${from?.constructor.name ?? 'none'}`)
}
