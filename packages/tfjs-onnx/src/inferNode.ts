import { CompileError } from './errors.js'
import { type AttributeValue, type Constant, formatType, type GraphNode, type TensorType, type Value } from './graph.js'
import { isOperatorName, type Operator, operators } from './operators/index.js'
import { OperatorCall } from './operators/OperatorCall.js'

const fits: Readonly<Record<Operator['attributes'][string], (value: AttributeValue) => boolean>> = {
  int: Number.isSafeInteger,
  ints: (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
  float: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
}

/**
 * Infers the types of a node's outputs from its operator's row: known operator, known attributes of the right types,
 * right number and types of inputs. Throws INVALID_GRAPH otherwise.
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
  for (const [name, value] of Object.entries(node.attributes)) {
    const kind = operator.attributes[name]
    if (kind === undefined) {
      const known = Object.keys(operator.attributes).join(', ') || 'none'
      throw new CompileError('INVALID_GRAPH', { subject: call.toString(), expected: `attributes among: ${known}`, got: name })
    }
    if (!fits[kind](value)) call.fail(`attribute ${name} to be of type ${kind}`, JSON.stringify(value))
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
