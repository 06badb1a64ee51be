import { availableParallelism } from 'node:os'
import { runtimeVariable } from '../session/Session.js'
import { createWasmRuntime } from '../session/wasmRuntime.js'
import type { Platform } from './Platform.js'

/** Each runtime is loaded when it is first asked for: the native library, and what calls it, are not installed and do not load everywhere. */
export const platform: Platform = {
  threads: availableParallelism,
  secondThread: async () => (await import('../halves/thread/NodeThread.js')).NodeThread.acquireIfPossible(),
  chosenRuntime: () => process.env[runtimeVariable] || undefined,
  loaders: {
    native: async () => (await import('../session/native/nativeRuntime.js')).nativeRuntime,
    node: async () => (await import('../session/nodeRuntime.js')).nodeRuntime,
    wasm: async () => createWasmRuntime(await import('onnxruntime-web')),
  },
  advice: 'Install one of them: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node, or npm install onnxruntime-web.',
}
