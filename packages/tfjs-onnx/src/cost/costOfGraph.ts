import type { DType, Graph, GraphNode, Value } from '../graph.js'
import { sizeOf } from '../graph.js'
import { elementwiseOperators } from '../operators/elementwise.js'
import type { OperatorName } from '../operators/index.js'
import { poolingOperators } from '../operators/pooling.js'
import { reductionOperators } from '../operators/reduction.js'
import { splitUpdates } from '../updates/splitUpdates.js'
import type { UpdateLoop } from '../updates/UpdateProgram.js'
import { functionWeights } from './functionWeights.js'
import { type ByteKind, byteKinds, type GraphCost, multiplicationKinds } from './GraphCost.js'
import { products } from './multiplications.js'

const elementBytes: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1, int64: 8 }

/** Operators that only give a tensor another shape, or its own. */
const free: ReadonlySet<string> = new Set<OperatorName>(['Reshape', 'Identity'])

/**
 * Counts what one run of a graph costs once it is split as `compile` splits it. `graph` is what `traceGraph` returns: the same operators that `compile` would run,
 * without a session. ONNX Runtime may still fuse some of them.
 */
export function costOfGraph(graph: Graph): GraphCost {
  const { body, handed, program } = splitUpdates(graph)
  const cost = {
    operators: body.nodes.length,
    tensors: body.inputs.length + body.states.length + body.outputs.length,
    functionValues: 0,
    multiplications: zeros(multiplicationKinds),
    bytes: zeros(byteKinds),
    updatedElements: [...program.loops, { length: 1, updates: program.scalarUpdates }].reduce(
      (sum, { length, updates }) => sum + length * updates.length,
      0,
    ),
  }
  for (const node of body.nodes) {
    const product = products[node.op]
    if (product) cost.multiplications[product.kind] += product.count(node)
    cost.functionValues += (functionWeights[node.op] ?? 0) * sizeOf(node.outputs[0]?.shape ?? [])
    cost.bytes[byteKindOf(node)] += bytesOfNode(node)
  }
  for (const loop of program.loops) cost.bytes.update += bytesOfLoop(loop)
  const isHanded = new Set(handed.map(({ name }) => name))
  cost.bytes.input += sumBytes(graph.inputs.map(({ value }) => value))
  cost.bytes.output += sumBytes(body.outputs.filter(({ name }) => !isHanded.has(name)).map(({ value }) => value))
  return cost
}

function byteKindOf({ op }: GraphNode): ByteKind {
  if (products[op]) return 'product'
  if (op === 'Softmax' || Object.hasOwn(elementwiseOperators, op)) return 'elementwise'
  return Object.hasOwn(reductionOperators, op) || Object.hasOwn(poolingOperators, op) ? 'reduction' : 'layout'
}

function bytesOfNode({ op, inputs, outputs }: GraphNode): number {
  return free.has(op) ? 0 : sumBytes([...new Set(inputs), ...outputs])
}

/** A loop loads each tensor once and stores each update once; scalars stay in registers. */
function bytesOfLoop({ nodes, updates }: UpdateLoop): number {
  const computed = new Set(nodes.flatMap(({ outputs }) => outputs))
  const used = new Set([...nodes.flatMap(({ inputs }) => inputs), ...updates.map(({ value }) => value)])
  const loaded = [...used].filter((value) => !computed.has(value) && sizeOf(value.shape) > 1)
  return sumBytes([...loaded, ...updates.map(({ value }) => value)])
}

function sumBytes(values: readonly Value[]): number {
  return values.reduce((sum, { dtype, shape }) => sum + sizeOf(shape) * elementBytes[dtype], 0)
}

function zeros<Kind extends string>(kinds: readonly Kind[]): Record<Kind, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
}
