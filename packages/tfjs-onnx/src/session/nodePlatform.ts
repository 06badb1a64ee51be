import { availableParallelism } from 'node:os'
import type { Platform } from './Platform.js'
import { runtimeVariable } from './Session.js'
import { createWasmRuntime } from './wasmRuntime.js'

/** Each runtime is loaded when it is first asked for: the native library, and what calls it, are not installed and do not load everywhere. */
export const platform: Platform = {
  threads: availableParallelism,
  chosenRuntime: () => process.env[runtimeVariable] || undefined,
  loaders: {
    native: async () => (await import('./native/nativeRuntime.js')).nativeRuntime,
    node: async () => (await import('./nodeRuntime.js')).nodeRuntime,
    wasm: async () => createWasmRuntime(await import('onnxruntime-web')),
  },
  advice: 'Install one of them: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node, or npm install onnxruntime-web.',
}
