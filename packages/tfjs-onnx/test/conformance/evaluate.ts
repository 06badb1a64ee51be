import { createRequire } from 'node:module'
import { Tensor } from 'onnxruntime-common'
import { checkGraph } from '../../src/check.js'
import { encodeGraph } from '../../src/encode.js'
import { type Graph, type TensorData, toTensorData, type Value } from '../../src/graph.js'
import type { GraphBuilder } from '../../src/graphBuilder.js'
import { DrawnInputs } from '../../src/randomness/DrawnInputs.js'
import { rewriteGraph } from '../../src/rewrite/index.js'
import { runFailed } from '../../src/runFailed.js'

/** What lies below `InferenceSession` of onnxruntime-node, and answers at once, as tfjs's synchronous reads must. */
interface Binding {
  readonly initOrt: () => void
  readonly binding: { readonly InferenceSession: new () => NativeSession }
}

interface NativeSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void
  run(feeds: object, fetches: object, options: object): Readonly<Record<string, { readonly data: TensorData }>>
  dispose(): void
}

// Imported by a bundle that lies in a folder of its own.
const { binding, initOrt } = createRequire(`${process.cwd()}/`)('onnxruntime-node/dist/binding.js') as Binding

const sessionOptions = { executionProviders: ['cpu'], graphOptimizationLevel: 'all', logSeverityLevel: 4, intraOpNumThreads: 1 }

/** Compiles and runs the part of a graph that a value depends on. `inputs` holds the elements of its inputs by name. */
export function evaluate(builder: GraphBuilder, value: Value, inputs: ReadonlyMap<string, TensorData>): Exclude<TensorData, BigInt64Array> {
  const traced = prune(builder.build({ outputs: [{ name: 'y', value }], updates: [] }))
  checkGraph(traced)
  const graph = rewriteGraph(traced)
  checkGraph(graph)
  const { model, inputNames, outputNames } = encodeGraph(graph)
  initOrt()
  const session = new binding.InferenceSession()
  try {
    const bytes = Uint8Array.from(model)
    session.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, sessionOptions)
    const drawn = new DrawnInputs(graph)
    drawn.fill({ seed: 0, step: 3 })
    const arrays = new Map([...inputs, ...drawn.inputs.map(({ name, array }) => [name, array] as const)])
    const feeds = Object.fromEntries(
      graph.inputs.map((input, index) => [
        inputNames[index],
        new Tensor(input.value.dtype, arrays.get(input.name) as never, input.value.shape),
      ]),
    )
    const [name = ''] = outputNames
    const data = runNow(session, feeds, name)
    return toTensorData(value.dtype, data as ArrayLike<number>) as Exclude<TensorData, BigInt64Array>
  } finally {
    session.dispose()
  }
}

function runNow(session: NativeSession, feeds: object, name: string): TensorData {
  try {
    return session.run(feeds, { [name]: null }, {})[name]?.data ?? new Float32Array()
  } catch (error) {
    throw runFailed(error)
  }
}

/** Leaves out what the outputs do not depend on: a trace without end would be checked and rewritten for every read. */
function prune(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map(({ value }) => value))
  const nodes = graph.nodes.toReversed().filter(({ inputs, outputs }) => {
    const isNeeded = outputs.some((output) => needed.has(output))
    if (isNeeded) for (const input of inputs) needed.add(input)
    return isNeeded
  })
  return {
    ...graph,
    nodes: nodes.toReversed(),
    inputs: graph.inputs.filter(({ value }) => needed.has(value)),
    constants: graph.constants.filter(({ value }) => needed.has(value)),
  }
}
