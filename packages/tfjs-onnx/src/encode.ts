import type { Attributes, Constant, Graph, GraphNode, NamedValue, Value } from './graph.js'
import { ModelProto, onnxAttributeTypes } from './onnxSchema.js'
import { onnxElementTypes } from './operators/elementwise.js'
import { type Operator, operators } from './operators/index.js'

export interface EncodedGraph {
  /** An ONNX ModelProto, as any ONNX runtime loads it. */
  readonly model: Uint8Array
  /** The names in the model of the graph's inputs, states, outputs and updates, each in the graph's order. */
  readonly inputNames: readonly string[]
  readonly stateNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly updateNames: readonly string[]
}

/** The opset of the encoded models: the first in which every reduction takes its axes as an input. */
export const opsetVersion = 18
/** The version of the ONNX file format that goes with it. */
const irVersion = 8

/** Encodes a checked graph as an ONNX model. Inputs and outputs keep their names; states are `state:NAME`, updates `next:NAME`. */
export function encodeGraph(graph: Graph): EncodedGraph {
  const names = new Map<Value, string>()
  const inputNames = graph.inputs.map(({ name, value }) => assign(names, value, name))
  const stateNames = graph.states.map(({ name, value }) => assign(names, value, `state:${name}`))
  const taken = new Set(inputNames)
  const outputs = graph.outputs.map(({ name, value }) => ({ name: taken.has(name) ? `output:${name}` : name, value }))
  const updates = graph.updates.map(({ name, value }) => ({ name: `next:${name}`, value }))

  // An output must be a node's own value under its own name; all others are copied to it.
  const computed = new Set(graph.nodes.flatMap(({ outputs }) => outputs))
  const copies: NamedValue[] = []
  for (const result of [...outputs, ...updates]) {
    if (computed.has(result.value) && !names.has(result.value)) names.set(result.value, result.name)
    else copies.push(result)
  }
  const nameOf = (value: Value) => names.get(value) ?? `%${value.id}`
  const results = [...outputs, ...updates]
  const model = ModelProto.encode(
    ModelProto.create({
      irVersion,
      producerName: 'hourglass',
      opsetImport: [{ domain: '', version: opsetVersion }],
      graph: {
        name: 'graph',
        node: [...graph.nodes.map((node) => encodeNode(node, nameOf)), ...copies.map((copy) => encodeCopy(copy, nameOf))],
        initializer: graph.constants.map((constant) => encodeConstant(constant, nameOf(constant.value))),
        input: [...graph.inputs, ...graph.states].map(({ value }) => encodeType(nameOf(value), value)),
        output: results.map(({ name, value }) => encodeType(name, value)),
      },
    }),
  ).finish()
  return { model, inputNames, stateNames, outputNames: outputs.map(({ name }) => name), updateNames: updates.map(({ name }) => name) }
}

function assign(names: Map<Value, string>, value: Value, name: string): string {
  names.set(value, name)
  return name
}

/** A NodeProto, of the fields that graphs need. */
export interface EncodedNode {
  readonly opType: string
  readonly name: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute: readonly object[]
}

/** Encodes one node as a NodeProto. */
export function encodeNode({ op, inputs, outputs, attributes }: GraphNode, nameOf: (value: Value) => string): EncodedNode {
  return {
    opType: op,
    name: `${op}${outputs[0]?.id ?? ''}`,
    input: inputs.map(nameOf),
    output: outputs.map(nameOf),
    attribute: encodeAttributes(operators[op], attributes),
  }
}

function encodeCopy({ name, value }: NamedValue, nameOf: (value: Value) => string) {
  return { opType: 'Identity', name: `copy ${name}`, input: [nameOf(value)], output: [name] }
}

function encodeAttributes(operator: Operator, attributes: Attributes) {
  return Object.entries(attributes).map(([name, value]) => {
    const kind = operator.attributes[name] ?? 'int'
    const type = onnxAttributeTypes[kind]
    if (kind === 'ints') return { name, type, ints: value }
    if (kind === 'string') return { name, type, s: new TextEncoder().encode(`${value}`) }
    return kind === 'float' ? { name, type, f: value } : { name, type, i: value }
  })
}

/** Encodes a constant as a TensorProto, its elements as raw data. */
export function encodeConstant({ value, data }: Constant, name: string) {
  return {
    name,
    dims: value.shape,
    dataType: onnxElementTypes[value.dtype],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  }
}

function encodeType(name: string, { dtype, shape }: Value) {
  return {
    name,
    type: { tensorType: { elemType: onnxElementTypes[dtype], shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
  }
}
