import { CompileError } from '../errors.js'
import { type Graph, type NamedValue, sizeOf, type Value } from '../graph.js'
import { ModelProto } from '../onnxSchema.js'
import { onnxElementTypes } from '../operators/elementwise.js'
import type { ExportOptions } from './ExportOptions.js'
import { ModelWriter } from './ModelWriter.js'
import { irVersionOf } from './opsets.js'
import { formatSize, isConstantSize, type SizeExpression } from './SizeExpression.js'
import type { SymbolicGraph } from './SymbolicGraph.js'
import type { SymbolicInputs } from './SymbolicInput.js'

/** What protocol buffers can hold in one message. */
const mostBytes = 2 ** 31 - 1

/** Encodes a graph with its weights; inputs, outputs and weights keep their names. */
export function encodeModel(source: SymbolicGraph, options: ExportOptions<SymbolicInputs> & { readonly opset: number }): Uint8Array {
  const { inputs, state, opset, name = 'model', description, producer = { name: 'hourglass' }, metadata = {} } = options
  const { graph } = source
  const writer = new ModelWriter({ source, inputs, opset })
  for (const input of graph.inputs) writer.claim(input.name, input.value)
  const used = usedValues(graph)
  const weights = graph.states.filter(({ value }) => used.has(value))
  for (const weight of weights) writer.claim(weight.name, weight.value)
  const outputs = renamed(graph.outputs, options.outputNames ?? {})
  const copies = outputs.filter(({ name, value }) => {
    const isCopy = writer.isNamed(value) || !graph.nodes.some((node) => node.outputs.includes(value))
    writer.claim(name, isCopy ? undefined : value)
    return isCopy
  })
  requireSmall(weights)
  for (const { name, value } of weights) writer.addWeight({ value, data: state?.read(name) ?? new Float32Array() })
  for (const node of graph.nodes) writer.addNode(node)
  for (const { name, value } of copies) writer.addCopy(value, name)
  return ModelProto.encode(
    ModelProto.create({
      irVersion: irVersionOf(opset),
      producerName: producer.name,
      ...(producer.version === undefined ? {} : { producerVersion: producer.version }),
      ...(description === undefined ? {} : { docString: description }),
      opsetImport: [{ domain: '', version: opset }],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name,
        node: writer.nodes,
        initializer: writer.initializers,
        input: graph.inputs.map(({ name, value }) => describeTensor(name, value, inputDimensions(inputs, name))),
        output: outputs.map(({ name, value }) => describeTensor(name, value, source.shapeOf(value).map(outputDimension))),
      },
    }),
  ).finish()
}

function requireSmall(weights: readonly NamedValue[]): void {
  const bytes = weights.reduce((sum, { value }) => sum + 4 * sizeOf(value.shape), 0)
  if (bytes <= mostBytes) return
  throw new CompileError('UNSUPPORTED_SHAPE', {
    subject: 'the exported model',
    expected: 'weights below 2 GiB, the most that one file holds',
    got: `${bytes} bytes`,
  })
}

function usedValues({ nodes, outputs }: Graph): ReadonlySet<Value> {
  return new Set([...nodes.flatMap((node) => node.inputs), ...outputs.map(({ value }) => value)])
}

function renamed(outputs: readonly NamedValue[], names: Readonly<Record<string, string>>): readonly NamedValue[] {
  const unknown = Object.keys(names).find((name) => !outputs.some((output) => output.name === name))
  if (unknown !== undefined) {
    const expected = `the name of an output among ${outputs.map(({ name }) => name).join(', ')}`
    throw new CompileError('INVALID_INPUT', { subject: 'outputNames', expected, got: unknown })
  }
  return outputs.map(({ name, value }) => ({ name: names[name] ?? name, value }))
}

type Dimension = { readonly dimValue: number } | { readonly dimParam: string } | Record<string, never>

function inputDimensions(inputs: SymbolicInputs, name: string): Dimension[] {
  return (inputs[name]?.shape ?? []).map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
}

function outputDimension(size: SizeExpression | undefined): Dimension {
  if (!size) return {}
  return isConstantSize(size) ? { dimValue: size.constant } : { dimParam: formatSize(size) }
}

function describeTensor(name: string, { dtype }: Value, dim: readonly Dimension[]) {
  return { name, type: { tensorType: { elemType: onnxElementTypes[dtype], shape: { dim } } } }
}
