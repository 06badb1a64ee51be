import type { Tensor } from 'onnxruntime-common'
import { commonSessionOptions, type OnnxRuntime } from './Session.js'
import { TensorSession } from './TensorSession.js'
import { Turns } from './Turns.js'

/** What is used of onnxruntime-web, whose entry points for Node and for pages are different modules. */
type OnnxRuntimeWeb = Pick<typeof import('onnxruntime-common'), 'env' | 'InferenceSession' | 'Tensor'>

/** ONNX Runtime in WebAssembly. Its files lie in its package or beside the page's script; nothing else is fetched. */
export function createWasmRuntime({ env, InferenceSession, Tensor }: OnnxRuntimeWeb): OnnxRuntime {
  return {
    name: 'wasm',
    async openSession(model, { threads }) {
      // Read once, when the first session starts the module.
      env.wasm.numThreads ??= threads
      const turns = new Turns()
      return new TensorSession(await InferenceSession.create(model, { ...commonSessionOptions, executionProviders: ['wasm'] }), {
        runtime: 'wasm',
        Tensor,
        run: async (session, feeds, fetches) => {
          // It leaves preallocated outputs as they are and says nothing: results come in arrays of their own.
          const results = await session.run(feeds, Object.keys(fetches))
          for (const [name, { data }] of Object.entries(fetches)) copyData(results[name]?.data, data)
          await turns.take()
        },
      })
    },
  }
}

function copyData(from: Tensor['data'] | undefined, to: Tensor['data']): void {
  if (from instanceof Float32Array && to instanceof Float32Array) to.set(from)
  else throw new TypeError(`output of ONNX Runtime: expected float32, got ${from?.constructor.name ?? 'none'}`)
}
