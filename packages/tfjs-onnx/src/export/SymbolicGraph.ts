import { CompileError } from '../errors.js'
import { type Constant, type Graph, sameShape, type TensorData, type Value } from '../graph.js'
import { fitSize, type SizeExpression } from './SizeExpression.js'
import type { Sizes } from './SymbolicInput.js'

/** A constant of a trace that is other values in traces with other sizes. */
export type SizedConstant =
  /** Sizes, of shapes and cuts: one for each element; undefined stands for one that is no sum of multiples. */
  | { readonly kind: 'sizes'; readonly sizes: readonly (SizeExpression | undefined)[] }
  /** One value all over, in a shape that depends on sizes. */
  | { readonly kind: 'filled'; readonly element: Constant; readonly shape: readonly SizeExpression[] }

/** One traced function for every size of its named dimensions. */
export interface SymbolicGraph {
  /** The trace with the first sizes. */
  readonly graph: Graph
  /** Those of its constants that depend on sizes. */
  readonly sizedConstants: ReadonlyMap<Value, SizedConstant>
  /** The shape of one of its values; undefined stands for a size that is no sum of multiples. */
  readonly shapeOf: (value: Value) => readonly (SizeExpression | undefined)[]
}

/**
 * Compares traces of one function with several sizes of its named dimensions: the same operators in the same order on the same operands,
 * where only sizes differ. Throws UNSUPPORTED_SHAPE where more than that depends on them: there is no one graph for all sizes then.
 */
export function generalizeGraphs(samples: readonly Sizes[], graphs: readonly Graph[]): SymbolicGraph {
  const [graph, ...others] = graphs
  if (!graph) throw new CompileError('INVALID_GRAPH', { subject: 'export', expected: 'a trace', got: 'none' })
  const twins = new Map<Value, Value[]>()
  const addTwins = (values: readonly Value[], rows: readonly (readonly Value[])[]) => {
    values.forEach((value, index) => {
      twins.set(
        value,
        rows.map((row) => requireLike(value, row[index])),
      )
    })
  }
  const inOrder = (list: (graph: Graph) => readonly Value[]) => addTwins(list(graph), others.map(list))

  inOrder(({ inputs }) => inputs.map(({ value }) => value))
  inOrder(({ states }) => states.map(({ value }) => value))
  requireSame('constants', graphs, ({ constants }) => constants.length)
  inOrder(({ constants }) => constants.map(({ value }) => value))
  requireSame('operators', graphs, ({ nodes }) => nodes.map(({ op }) => op).join(' '))
  graph.nodes.forEach((node, index) => {
    const likes = others.map((other) => other.nodes[index] ?? node)
    requireSame(`attributes of ${node.op}`, [node, ...likes], ({ attributes }) => JSON.stringify(attributes))
    likes.forEach((like, sample) => {
      const sameOperands =
        like.inputs.length === node.inputs.length && node.inputs.every((input, place) => twins.get(input)?.[sample] === like.inputs[place])
      if (!sameOperands) throw dependsOnSizes(`the operands of ${node.op}`)
    })
    addTwins(
      node.outputs,
      likes.map(({ outputs }) => outputs),
    )
  })
  requireSame('outputs', graphs, ({ outputs }) => outputs.map(({ name }) => name).join(' '))
  graph.outputs.forEach(({ name, value }, index) => {
    others.forEach((other, sample) => {
      if (other.outputs[index]?.value !== twins.get(value)?.[sample]) throw dependsOnSizes(`the output ${name}`)
    })
  })

  const shapeOf = (value: Value) => value.shape.map((size, axis) => fitSize(samples, [size, ...sizesOf(twins.get(value) ?? [], axis)]))
  const sized = graph.constants.flatMap((constant, index): [Value, SizedConstant][] => {
    const likes = others.map((other) => other.constants[index] ?? constant)
    if (likes.every((like) => sameShape(like.value.shape, constant.value.shape) && sameData(like.data, constant.data))) return []
    return [[constant.value, toSizedConstant(samples, [constant, ...likes], shapeOf(constant.value))]]
  })
  return { graph, sizedConstants: new Map(sized), shapeOf }
}

const sizesOf = (values: readonly Value[], axis: number) => values.map(({ shape }) => shape[axis] ?? 0)

function toSizedConstant(
  samples: readonly Sizes[],
  constants: readonly Constant[],
  shape: readonly (SizeExpression | undefined)[],
): SizedConstant {
  const [first] = constants
  const { dtype } = first?.value ?? {}
  if (first && dtype === 'int64' && constants.every(({ data }) => data.length === first.data.length)) {
    const elements = (place: number) => constants.map(({ data }) => Number(data[place]))
    return { kind: 'sizes', sizes: Array.from({ length: first.data.length }, (_, place) => fitSize(samples, elements(place))) }
  }
  const element = first?.data.slice(0, 1)
  const isFilled = element?.length === 1 && constants.every(({ data }) => isAll(data, element[0]))
  if (!first || !isFilled || !shape.every((size) => size !== undefined)) throw dependsOnSizes(`a constant of ${dtype}`)
  return { kind: 'filled', element: { value: { ...first.value, shape: [] }, data: element }, shape }
}

function isAll(data: TensorData, element: number | bigint | undefined): boolean {
  for (let index = 0; index < data.length; index++) if (!Object.is(data[index], element)) return false
  return true
}

function requireLike(value: Value, like: Value | undefined): Value {
  if (like?.dtype === value.dtype && like.shape.length === value.shape.length) return like
  throw dependsOnSizes('the type of a tensor')
}

function requireSame<Item>(what: string, items: readonly Item[], read: (item: Item) => string | number): void {
  const [first, ...others] = items.map(read)
  if (others.some((other) => other !== first)) throw dependsOnSizes(what)
}

function sameData(a: TensorData, b: TensorData): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false
  return true
}

/** Makes the error for what is not one graph. */
export function dependsOnSizes(what: string): CompileError {
  return new CompileError('UNSUPPORTED_SHAPE', {
    subject: 'export with a named dimension',
    expected: 'one graph for all its sizes',
    got: `differences in ${what}`,
    advice: 'Give the dimension a number, or let nothing but shapes depend on it.',
  })
}
