import type { DType, Value } from '../graph.js'
import { sameShape } from '../graph.js'
import type { OperatorName } from '../operators/index.js'
import { emitCast } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

function comparison(op: OperatorName, dtypes: readonly DType[], since: number): Rule {
  return { emit: (call) => call.graph.node(op, [call.input('a'), call.input('b')]), dtypes, since, tolerance: 0 }
}

function emitSelect(call: KernelCall): Value {
  const { graph } = call
  const [condition, t, e] = [call.input('condition'), call.input('t'), call.input('e')]
  if (condition.dtype !== 'bool') call.fail('UNSUPPORTED_DTYPE', { expected: 'a condition of type bool', got: condition.dtype })
  if (!sameShape(condition.shape, t.shape)) {
    call.fail('UNSUPPORTED_SHAPE', {
      expected: 'a condition of the shape of t',
      got: `[${condition.shape.join(',')}]`,
      advice: 'Call tf.where, which broadcasts.',
    })
  }
  if (t.dtype !== e.dtype)
    call.fail('UNSUPPORTED_DTYPE', { expected: `e to be ${t.dtype} like t`, got: e.dtype, advice: 'Cast one of them.' })
  if (t.dtype !== 'bool') return graph.node('Where', [condition, t, e])
  // ONNX Runtime's CPU Where does not take bool.
  return emitCast(graph, graph.node('Where', [condition, emitCast(graph, t, 'int32'), emitCast(graph, e, 'int32')]), 'bool')
}

function emitNotEqual(call: KernelCall): Value {
  return call.graph.node('Not', [call.graph.node('Equal', [call.input('a'), call.input('b')])])
}

/** Comparisons, logic, and choice by condition. Results are bool. */
export const logicalRules = {
  Equal: comparison('Equal', ['float32', 'int32', 'bool'], 13),
  Greater: comparison('Greater', ['float32', 'int32'], 13),
  GreaterEqual: comparison('GreaterOrEqual', ['float32', 'int32'], 16),
  Less: comparison('Less', ['float32', 'int32'], 13),
  LessEqual: comparison('LessOrEqual', ['float32', 'int32'], 16),
  LogicalAnd: comparison('And', ['bool'], 7),
  LogicalNot: { emit: (call) => call.graph.node('Not', [call.input('x')]), dtypes: ['bool'], since: 1, tolerance: 0 },
  LogicalOr: comparison('Or', ['bool'], 7),
  NotEqual: { emit: emitNotEqual, dtypes: ['float32', 'int32', 'bool'], since: 13, tolerance: 0 },
  Select: { emit: emitSelect, dtypes: ['float32', 'int32', 'bool'], since: 16, tolerance: 0 },
} as const satisfies Rules
