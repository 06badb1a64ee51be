import { CompileError } from './errors.js'
import { type Constant, formatType, type GraphNode, type TensorType, type Value } from './graph.js'
import { isOperatorName, type Operator, operators } from './operators/index.js'
import { OperatorCall } from './operators/OperatorCall.js'

/**
 * Infers the types of a node's outputs from its operator's row: known operator, known attributes, right number
 * and types of inputs. Throws INVALID_GRAPH otherwise.
 */
export function inferNode(
  node: Pick<GraphNode, 'op' | 'inputs' | 'attributes'>,
  constantOf: (value: Value) => Constant | undefined,
): readonly TensorType[] {
  if (!isOperatorName(node.op)) {
    throw new CompileError('INVALID_GRAPH', { subject: `${node.op}`, expected: 'a known operator', got: 'an unknown one' })
  }
  const operator: Operator = operators[node.op]
  const call = new OperatorCall(node, constantOf)
  for (const name of Object.keys(node.attributes)) {
    if (!(name in operator.attributes)) {
      const known = Object.keys(operator.attributes).join(', ') || 'none'
      throw new CompileError('INVALID_GRAPH', { subject: call.toString(), expected: `attributes among: ${known}`, got: name })
    }
  }
  const types = operator.infer(call)
  for (const type of types) {
    if (type.shape.some((dimension) => !Number.isInteger(dimension) || dimension < 0)) {
      throw new CompileError('INVALID_GRAPH', {
        subject: call.toString(),
        expected: 'sizes that are whole and not negative',
        got: formatType(type),
      })
    }
  }
  return types
}
