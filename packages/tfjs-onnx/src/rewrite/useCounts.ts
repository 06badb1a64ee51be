import type { Graph, Value } from '../graph.js'

/** Counts how often each value is used, by nodes (once for each operand), outputs and updates. */
export function useCounts(graph: Graph): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>()
  const count = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1)
  for (const { inputs } of graph.nodes) inputs.forEach(count)
  for (const { value } of [...graph.outputs, ...graph.updates]) count(value)
  return uses
}
