import { createWasmRuntime } from '../session/wasmRuntime.js'
import type { Platform } from './Platform.js'

/** A page has WebAssembly alone, and threads only where it is isolated from other origins. */
export const platform: Platform = {
  threads: () => {
    const { crossOriginIsolated, navigator } = globalThis as BrowserGlobals
    return crossOriginIsolated ? (navigator?.hardwareConcurrency ?? 1) : 1
  },
  // Only the thread that has opened a session in WebAssembly can run it.
  secondThread: async () => undefined,
  chosenRuntime: () => undefined,
  loaders: { wasm: async () => createWasmRuntime(await import('onnxruntime-web/wasm')) },
  advice: 'Its WebAssembly file has to lie beside the bundled script, or where env.wasm.wasmPaths of onnxruntime-web/wasm says.',
}

// TypeScript declares these in the library of browsers only.
type BrowserGlobals = typeof globalThis & {
  readonly crossOriginIsolated?: boolean
  readonly navigator?: { readonly hardwareConcurrency?: number }
}
