import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'

/** A linear map along one axis, by rows: each element of the result is the sum of weight x[source]. */
export type AxisMap = readonly (readonly { readonly source: number; readonly weight: number }[])[]

/** Transposes a map from an axis of `size` elements. */
export function transposeMap(map: AxisMap, size: number): AxisMap {
  const transposed: { source: number; weight: number }[][] = Array.from({ length: size }, () => [])
  map.forEach((row, index) => {
    for (const { source, weight } of row) transposed[source]?.push({ source: index, weight })
  })
  return transposed
}

/** Applies a map along an axis: a weighted sum of as many gathers as the longest row has entries. */
export function emitAxisMap(graph: GraphBuilder, x: Value, { map, axis }: { map: AxisMap; axis: number }): Value {
  const longest = Math.max(1, ...map.map((row) => row.length))
  const terms = Array.from({ length: longest }, (_, term) => {
    // A row that has ended repeats its first source with weight 0.
    const entries = map.map((row) => row[term] ?? { source: row[0]?.source ?? 0, weight: 0 })
    const gathered = emitTaken(graph, x, { sources: entries.map(({ source }) => source), axis })
    if (entries.every(({ weight }) => weight === 1)) return gathered
    const shape = x.shape.map((_, each) => (each === axis ? map.length : 1))
    const weights = Float32Array.from(entries, ({ weight }) => weight)
    return graph.node('Mul', [gathered, graph.constant({ dtype: 'float32', shape }, weights)])
  })
  return terms.reduce((sum, term) => graph.node('Add', [sum, term]))
}

/** Takes elements along an axis, in any order and number. */
export function emitTaken(graph: GraphBuilder, x: Value, { sources, axis }: { sources: readonly number[]; axis: number }): Value {
  const isWhole = sources.length === x.shape[axis] && sources.every((source, index) => source === index)
  return isWhole ? x : graph.node('Gather', [x, graph.integers(sources)], { axis })
}
