import { compile, createState, findOnnxRuntime } from '@hourglass/tfjs-onnx'
import type { EngineOptions } from './createEngine.js'
import type { Engine } from './Engine.js'

/**
 * Creates the fast engine: it traces functions into ONNX graphs and runs those with ONNX Runtime, natively or, where its library does not
 * load, in WebAssembly.
 */
export async function createOnnxEngine({ threads }: EngineOptions): Promise<Engine> {
  return {
    name: 'onnx',
    ...(await findOnnxRuntime()),
    createState(variables) {
      const state = createState(variables)
      return {
        compile: (fn, inputs) => compile(fn, { state, inputs, ...(threads === undefined ? {} : { threads }) }),
        snapshot: () => state.snapshot(),
        restore: (tensors) => state.restore(tensors),
      }
    },
  }
}
