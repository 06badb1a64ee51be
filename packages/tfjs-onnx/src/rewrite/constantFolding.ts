import {
  type Constant,
  filledTensorData,
  type GraphNode,
  sizeOf,
  type TensorData,
  type TensorType,
  toTensorData,
  type Value,
} from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { inferNode } from '../inferNode.js'
import { type Operator, operators } from '../operators/index.js'
import { OperatorCall } from '../operators/OperatorCall.js'
import { uniformValue } from './constants.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/** Larger constants would cost more to store than they cost to compute. */
const largestFolded = 2 ** 20

/** Computes nodes of constants, where the operator's result is exactly rounded or only moves elements. */
export const constantFolding = {
  name: 'constantFolding',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const operator: Operator = operators[node.op]
      if (!operator.foldElement && !operator.foldLayout) return undefined
      const constants = node.inputs.map((input) => builder.constantOf(input))
      if (!constants.every((constant) => constant !== undefined)) return undefined
      const constantOf = (value: Value) => builder.constantOf(value)
      const [output] = inferNode(node, constantOf)
      const [first] = constants
      if (!output || !first || sizeOf(output.shape) > largestFolded) return undefined
      const data = operator.foldLayout
        ? operator.foldLayout(new OperatorCall(node, constantOf), first.data, output)
        : foldElements({ node, constants, output, builder, compute: operator.foldElement })
      return data && [builder.constant(output, data)]
    }),
} as const satisfies RewritePass

interface Folding {
  readonly node: GraphNode
  readonly constants: readonly Constant[]
  readonly output: TensorType
  readonly builder: GraphBuilder
  readonly compute: Operator['foldElement']
}

function foldElements({ node, constants, output, builder, compute }: Folding): TensorData | undefined {
  if (!compute || output.dtype === 'int64' || constants.some(({ value }) => value.dtype === 'int64')) return undefined
  const uniforms = node.inputs.map((input) => uniformValue(builder, input))
  const size = sizeOf(output.shape)
  const fits = (element: number) => output.dtype !== 'int32' || Math.trunc(element) === (element | 0)
  if (uniforms.every((value) => value !== undefined)) {
    const value = compute(...uniforms)
    return fits(value) ? filledTensorData(output.dtype, size, value) : undefined
  }
  const elements = Array.from({ length: size }, (_, index) => compute(...constants.map((constant) => elementAt(constant, index, output))))
  return elements.every(fits) ? toTensorData(output.dtype, elements) : undefined
}

/** Reads the element that broadcasts to a place in the output. */
function elementAt({ value: { shape }, data }: Constant, index: number, output: TensorType): number {
  let [source, stride, rest] = [0, 1, index]
  for (let axis = output.shape.length - 1; axis >= 0; axis--) {
    const size = output.shape[axis] ?? 1
    const own = shape[axis - output.shape.length + shape.length] ?? 1
    if (own !== 1) source += (rest % size) * stride
    stride *= own
    rest = Math.floor(rest / size)
  }
  return Number(data[source] ?? 0)
}
