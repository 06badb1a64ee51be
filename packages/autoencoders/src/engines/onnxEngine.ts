import { compile, createState, findOnnxRuntime, type Graph } from '@hourglass/tfjs-onnx'
import type { Engine, EngineOptions } from './Engine.js'

export interface OnnxEngineOptions extends EngineOptions {
  /** Is given the graph of each function that was compiled. */
  readonly onGraph?: ((graph: Graph) => void) | undefined
}

/**
 * Creates the fast engine: it traces functions into ONNX graphs and runs those with ONNX Runtime, natively or, where its library does not
 * load, in WebAssembly.
 */
export async function createOnnxEngine({ threads, onGraph }: OnnxEngineOptions): Promise<Engine> {
  return {
    name: 'onnx',
    ...(await findOnnxRuntime()),
    createState(variables) {
      const state = createState(variables)
      return {
        async compile(fn, inputs) {
          const compiled = await compile(fn, { state, inputs, ...(threads === undefined ? {} : { threads }) })
          onGraph?.(compiled.graph)
          return compiled
        },
        snapshot: () => state.snapshot(),
        restore: (tensors) => state.restore(tensors),
      }
    },
  }
}
