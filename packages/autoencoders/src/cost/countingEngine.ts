import { costOfGraph, createState, type GraphCost, traceGraph } from '@hourglass/tfjs-onnx'
import type { Engine } from '../engines/Engine.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'

/** A function that was compiled, and what one run of it costs. */
export interface CountedFunction {
  readonly cost: GraphCost
  /** Values of each input. */
  readonly inputSizes: Readonly<Record<string, number>>
}

/** Creates an engine that computes nothing: it counts what each function that it compiles would cost, and gives zeros. */
export function createCountingEngine(onCompiled: (counted: CountedFunction) => void): Engine {
  return {
    name: 'onnx',
    createState(variables) {
      const state = createState(variables)
      return {
        async compile(fn, inputs) {
          const graph = traceGraph(fn, { state, inputs })
          const inputSizes = Object.entries(inputs).map(([name, { shape }]) => [name, sizeOfShape(shape)] as const)
          onCompiled({ cost: costOfGraph(graph), inputSizes: Object.fromEntries(inputSizes) })
          const outputs = graph.outputs.map(({ name, value }) => [name, new Float32Array(sizeOfShape(value.shape))] as const)
          return { run: async () => Object.fromEntries(outputs), dispose() {} }
        },
        snapshot: (): NamedTensors => state.snapshot(),
        restore: (tensors) => state.restore(tensors),
      }
    },
  }
}
