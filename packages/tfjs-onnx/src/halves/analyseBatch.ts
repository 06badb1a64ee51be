import { formatType, type Graph, type GraphNode, type Value } from '../graph.js'
import { splitUpdates } from '../updates/splitUpdates.js'
import { BatchCall, type RoleResult } from './BatchCall.js'
import { type BatchRole, combined, type ExampleAxis, examplesOn, shared } from './BatchRole.js'
import { batchRules } from './batchRules.js'

/** How the values of a step depend on the examples of its batch. */
export interface BatchAnalysis {
  /** Examples of the whole batch; 0 where no input has examples. */
  readonly examples: number
  readonly roles: ReadonlyMap<Value, BatchRole>
  /** By node, the inputs that do not depend on the batch and are to be cut like it, with the axis. */
  readonly cuts: ReadonlyMap<GraphNode, ReadonlyMap<number, ExampleAxis>>
  /** Nodes that are computed once both halves are: of sums over the batch, or arithmetic of the update. */
  readonly afterwards: ReadonlySet<GraphNode>
  /** Why the step cannot be computed by halves, a line for each node that does not allow it; none where it can. */
  readonly reasons: readonly string[]
}

/**
 * Finds whether a step can be computed by halves of its batch. The examples lie on the first axis of the inputs, and of what is drawn, that
 * have as many rows as the first input with a shape.
 */
export function analyseBatch(graph: Graph): BatchAnalysis {
  const examples = examplesOf(graph)
  const roles = new Map<Value, BatchRole>()
  for (const { value } of graph.inputs) {
    const hasExamples = value.shape.length > 0 && value.shape[0] === examples
    roles.set(value, hasExamples ? examplesOn(0) : shared)
  }
  const constants = new Map(graph.constants.map((constant) => [constant.value, constant]))
  const cuts = new Map<GraphNode, ReadonlyMap<number, ExampleAxis>>()
  const { program } = splitUpdates(graph)
  const updates = new Set([...program.scalars, ...program.loops.flatMap(({ nodes }) => nodes)])
  const afterwards = new Set(updates)
  const reasons = new Set<string>()
  const unknown = new Set<Value>()
  for (const node of graph.nodes) {
    // What follows from a node that does not fit would only repeat it.
    if (node.inputs.some((input) => unknown.has(input))) {
      for (const output of node.outputs) unknown.add(output)
      continue
    }
    const call = new BatchCall(
      node,
      node.inputs.map((input) => roles.get(input) ?? shared),
      (value) => constants.get(value),
    )
    const result = updates.has(node) ? ofUpdate(call) : ruleOf(call)
    if (typeof result === 'string') {
      reasons.add(`${call} ${result}`)
      for (const output of node.outputs) unknown.add(output)
      continue
    }
    const { role, cuts: cut } = result
    if (role.kind === 'combined') afterwards.add(node)
    if (cut && cut.size > 0) cuts.set(node, cut)
    for (const output of node.outputs) roles.set(output, role)
  }
  for (const { name, value } of graph.updates) {
    if (roles.get(value)?.kind === 'examples') reasons.add(`state ${name} ${formatType(value)} keeps values of single examples`)
  }
  for (const { name, value } of graph.outputs) {
    const role = roles.get(value)
    if (role?.kind === 'examples' && value.shape.slice(0, role.axis).some((size) => size !== 1)) {
      reasons.add(`output ${name} ${formatType(value)} has the examples behind another axis`)
    }
  }
  if (examples === 0) reasons.add('no input has examples')
  if (examples === 1) reasons.add('a batch of one example has no halves')
  return { examples, roles, cuts, afterwards, reasons: [...reasons] }
}

/** Counts the examples of a batch: the rows of the first input with a shape; 0 where there is none. */
export function examplesOf({ inputs }: Graph): number {
  return inputs.find(({ value, draw }) => !draw && value.shape.length > 0)?.value.shape[0] ?? 0
}

function ruleOf(call: BatchCall): RoleResult | string {
  return batchRules[call.node.op](call)
}

/** Arithmetic of the update is computed once the sums are those of the whole batch. */
function ofUpdate(call: BatchCall): RoleResult | string {
  if (call.roles.some(({ kind }) => kind === 'examples')) return 'updates the state by single examples'
  return { role: call.hasSums ? combined : shared }
}
