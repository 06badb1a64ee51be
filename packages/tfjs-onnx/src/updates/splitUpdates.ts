import type { Graph, GraphNode, NamedValue, Value } from '../graph.js'
import { sizeOf } from '../graph.js'
import { deadCode } from '../rewrite/deadCode.js'
import { DisjointSets } from './DisjointSets.js'
import { elementOperators } from './elementOperators.js'
import type { UpdateLoop, UpdateProgram } from './UpdateProgram.js'

export interface SplitGraph {
  /** Computes the outputs, and under `handed` what the program needs; it updates nothing. */
  readonly body: Graph
  /** The names of the body's outputs that go to the program, with the values they had in the whole graph. */
  readonly handed: readonly NamedValue[]
  readonly program: UpdateProgram
}

/**
 * Splits a graph into a body for ONNX Runtime and a program of elementwise updates. A node goes into the program where nothing but
 * updates depends on it and it is arithmetic on float32 without broadcasting, except of scalars: the whole of an optimizer.
 */
export function splitUpdates(graph: Graph): SplitGraph {
  const moved = movableNodes(graph)
  const nodes = graph.nodes.filter((node) => moved.has(node))
  const program = toProgram(nodes, graph)
  const computedInBody = new Set(graph.nodes.filter((node) => !moved.has(node)).flatMap(({ outputs }) => outputs))
  const needed = new Set([...nodes.flatMap(({ inputs }) => inputs), ...graph.updates.map(({ value }) => value)])
  const handed = [...needed].filter((value) => computedInBody.has(value)).map((value) => ({ name: `handed:${value.id}`, value }))
  const body = deadCode.rewrite({
    ...graph,
    nodes: graph.nodes.filter((node) => !moved.has(node)),
    outputs: [...graph.outputs, ...handed],
    updates: [],
  })
  return { body, handed, program }
}

/** Finds, from the updates backwards, the nodes that only updates depend on and that a program can compute. */
function movableNodes({ nodes, outputs }: Graph): ReadonlySet<GraphNode> {
  const held = new Set<Value>(outputs.map(({ value }) => value))
  const moved = new Set<GraphNode>()
  for (const node of nodes.toReversed()) {
    if (isElementwise(node) && !node.outputs.some((output) => held.has(output))) moved.add(node)
    else for (const input of node.inputs) held.add(input)
  }
  return moved
}

function isElementwise({ op, inputs, outputs: [output] }: GraphNode): boolean {
  const operator = elementOperators[op]
  if (!operator || !output) return false
  const length = sizeOf(output.shape)
  if (length !== 1 && 'imported' in operator) return false
  return [output, ...inputs].every(({ dtype }) => dtype === 'float32') && inputs.every(({ shape }) => [1, length].includes(sizeOf(shape)))
}

const isScalar = ({ shape }: Value) => sizeOf(shape) === 1

/** Sorts nodes and updates into loops: what shares a node, or a state that one of them updates, shares a loop. */
function toProgram(nodes: readonly GraphNode[], { states, updates }: Graph): UpdateProgram {
  const inLoops = nodes.filter(({ outputs }) => outputs.some((output) => !isScalar(output)))
  const vectorUpdates = updates.filter(({ value }) => !isScalar(value))
  const sets = new DisjointSets<Value>()
  const stateOf = new Map(states.map(({ name, value }) => [name, value]))
  const updatedStates = new Set<Value>()
  for (const { name, value } of vectorUpdates) {
    const state = stateOf.get(name) ?? value
    updatedStates.add(state)
    sets.join(state, value)
  }
  const computed = new Set(inLoops.flatMap(({ outputs }) => outputs))
  for (const { inputs, outputs } of inLoops) {
    const [output] = outputs
    if (output) for (const input of inputs) if (computed.has(input) || updatedStates.has(input)) sets.join(input, output)
  }
  const loops = new Map<Value, { length: number; nodes: GraphNode[]; updates: NamedValue[] }>()
  for (const update of vectorUpdates) {
    const root = sets.find(update.value)
    const loop = loops.get(root) ?? { length: sizeOf(update.value.shape), nodes: [], updates: [] }
    loop.updates.push(update)
    loops.set(root, loop)
  }
  for (const node of inLoops) {
    const [output] = node.outputs
    if (output) loops.get(sets.find(output))?.nodes.push(node)
  }
  return {
    scalars: nodes.filter((node) => !inLoops.includes(node)),
    scalarUpdates: updates.filter(({ value }) => isScalar(value)),
    loops: [...loops.values()] satisfies UpdateLoop[],
  }
}
