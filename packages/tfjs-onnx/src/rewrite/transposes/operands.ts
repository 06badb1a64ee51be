import { type GraphNode, sizeOf, type Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { elementwiseOperators } from '../../operators/elementwise.js'
import { emitReshape } from '../../rules/emission.js'
import { inverse, keepsOrder, readMovableView, readView, type TransposedView, transpose } from './TransposedView.js'

/** Operators whose operands all lie in the layout of the result. */
function takesOneLayout({ op }: GraphNode): boolean {
  return op === 'Concat' || Object.hasOwn(elementwiseOperators, op)
}

export interface OperandOptions {
  /** Whether operands may be reordered for it; without, they must be transposed already, or be reordered for nothing. */
  readonly isMixed: boolean
  /** What depends on the state alone, such as a decayed weight: it stays in the state's layout, where updates are one loop. */
  readonly isOfState: (value: Value) => boolean
}

/** Computes an elementwise operator, or Concat, in the layout of an operand's source. */
export function sinkPastOperands(node: GraphNode, builder: GraphBuilder, options: OperandOptions): Value | undefined {
  if (!takesOneLayout(node)) return undefined
  const view = node.inputs.map((input) => readMovableView(builder, input)).find((each) => each && fillsResult(node, each))
  const size = sizeOf(node.outputs[0]?.shape ?? [])
  if (!view || node.inputs.some((input) => sizeOf(input.shape) === size && options.isOfState(input))) return undefined
  const operands = node.inputs.map((input) => inLayout(builder, input, { perm: view.perm, isMixed: options.isMixed }))
  if (!operands.every((operand) => operand !== undefined)) return undefined
  const axis = node.attributes.axis
  const attributes = node.op === 'Concat' && typeof axis === 'number' ? { axis: view.perm[axis] ?? axis } : node.attributes
  return transpose(builder, builder.node(node.op, operands, attributes), view.perm)
}

/** Whether a transposed operand has as many elements as the result: a smaller one is not worth reordering the others. */
function fillsResult({ op, outputs: [output] }: GraphNode, { source }: TransposedView): boolean {
  return output?.shape.length === source.shape.length && (op === 'Concat' || sizeOf(output.shape) === sizeOf(source.shape))
}

function inLayout(
  builder: GraphBuilder,
  operand: Value,
  { perm, isMixed }: { perm: readonly number[]; isMixed: boolean },
): Value | undefined {
  if (operand.shape.length === 0) return operand
  const view = readView(builder, operand)
  if (view && view.perm.join() === perm.join()) return view.source
  const shape = [...new Array<number>(perm.length - operand.shape.length).fill(1), ...operand.shape]
  const undo = inverse(perm)
  if (keepsOrder(shape, undo)) {
    return emitReshape(
      builder,
      operand,
      undo.map((axis) => shape[axis] ?? 1),
    )
  }
  const isFolded = builder.constantOf(operand) !== undefined
  return isFolded || isMixed ? transpose(builder, emitReshape(builder, operand, shape), undo) : undefined
}
