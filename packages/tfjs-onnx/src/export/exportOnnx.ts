import type * as tf from '@tensorflow/tfjs-core'
import { opsetVersion } from '../encode.js'
import { CompileError } from '../errors.js'
import type { Graph } from '../graph.js'
import { formatDraw } from '../randomness/Draw.js'
import { isDrawn } from '../randomness/DrawnInputs.js'
import { requireCall } from '../requirements.js'
import { portablePasses } from '../rewrite/index.js'
import type { State } from '../state.js'
import type { InputTensors } from '../trace.js'
import { traceGraph } from '../traceGraph.js'
import type { ExportOptions } from './ExportOptions.js'
import { encodeModel } from './encodeModel.js'
import { chooseOpset } from './opsets.js'
import { generalizeGraphs } from './SymbolicGraph.js'
import { dimensionNames, type SymbolicInputs, sampleSizes, withSizes } from './SymbolicInput.js'

export type { ExportOptions } from './ExportOptions.js'

type ExportedFunction<Inputs extends SymbolicInputs> = (inputs: InputTensors<Inputs>) => Record<string, tf.Tensor>

/**
 * Exports a function of tensors, such as an encoder, as the bytes of an ONNX model that any ONNX runtime runs by itself. The function is
 * traced; where dimensions have names it is traced with several sizes, and the traces must be one graph.
 *
 * Throws CompileError INVALID_FUNCTION where the function assigns a variable, INVALID_INPUT for names that are empty or occur twice,
 * UNSUPPORTED_SHAPE where more than shapes depends on a named dimension, UNSUPPORTED_OP for an opset that lacks an operator, and what
 * tracing throws.
 */
export function exportOnnx<const Inputs extends SymbolicInputs>(fn: ExportedFunction<Inputs>, options: ExportOptions<Inputs>): Uint8Array {
  requireCall('exportOnnx', fn, options)
  const { inputs, state, opset: wanted } = options
  const names = dimensionNames(inputs)
  const samples = sampleSizes(names, takenSizes(inputs, state))
  const graphs = samples.map((sizes) =>
    traceGraph((symbols: Readonly<Record<string, tf.Tensor>>) => fn(symbols as Parameters<typeof fn>[0]), {
      inputs: withSizes(inputs, sizes),
      rewrite: portablePasses,
      ...(state ? { state } : {}),
    }),
  )
  graphs.forEach(requireInference)
  const source = generalizeGraphs(samples, graphs)
  const { nodes } = source.graph
  return encodeModel(source, { ...options, opset: chooseOpset(nodes, { wanted, newest: opsetVersion }) })
}

function takenSizes(inputs: SymbolicInputs, state: Pick<State, 'variables'> | undefined): number[] {
  const fixed = Object.values(inputs).flatMap(({ shape }) => shape.filter((size) => typeof size === 'number'))
  return [...fixed, ...[...(state?.variables.values() ?? [])].flatMap(({ shape }) => shape)]
}

function requireInference({ inputs, outputs, updates: [assigned] }: Graph): void {
  const drawn = inputs.find(isDrawn)
  if (drawn) {
    throw new CompileError('RANDOM_WHILE_TRACING', {
      subject: 'the exported function',
      expected: 'no random numbers, which a model cannot draw',
      got: formatDraw(drawn.draw),
      advice: 'Pass them as an input, or call layers with training: false.',
    })
  }
  if (!assigned && outputs.length > 0) return
  throw new CompileError('INVALID_FUNCTION', {
    subject: 'the exported function',
    expected: assigned ? 'variables only to be read' : 'at least one output',
    got: assigned ? `an assignment to ${assigned.name}` : 'none',
    ...(assigned ? { advice: 'A model cannot change its weights: export the function that computes from them.' } : {}),
  })
}
