import { elementwiseOperators } from '../operators/elementwise.js'
import type { OperatorName } from '../operators/index.js'
import { alignExamples, type BatchCall, type BatchRule, is, ofSums, type RoleResult } from './BatchCall.js'
import { shared } from './BatchRole.js'
import { layoutRules } from './layoutRules.js'
import { productRules } from './productRules.js'
import { reductionRules } from './reductionRules.js'

/** Whether the sum over the batch of what a node computes is what it computes of the sum over the batch. */
function isLinear({ node, roles }: BatchCall): boolean {
  const kinds = roles.map(({ kind }) => kind)
  if (kinds.includes('combined')) return false
  switch (node.op) {
    case 'Identity':
    case 'Neg':
      return true
    case 'Add':
    case 'Sub':
      return kinds.every((kind) => kind === 'partial')
    case 'Mul':
      return kinds.filter((kind) => kind === 'partial').length === 1
    case 'Div':
      return kinds[1] === 'shared'
    default:
      return false
  }
}

const elementwise: BatchRule = (call) => {
  const indices = call.node.inputs.map((_, index) => index)
  if (!call.hasSums) return alignExamples(call, indices, call.output.shape.length)
  return call.examplesMeetSums ?? ofSums(isLinear(call))
}

/** Operators that have a rule for nothing but what does not depend on the batch. */
const withoutBatch: BatchRule = (call): RoleResult | string =>
  call.roles.every(({ kind }) => kind === 'shared') ? is(shared) : 'reads and writes by numbers of examples'

const elementwiseRules = Object.fromEntries(Object.keys(elementwiseOperators).map((op) => [op, elementwise])) as Record<
  keyof typeof elementwiseOperators,
  BatchRule
>

/** How the outputs of each operator depend on the batch. */
export const batchRules = {
  ...elementwiseRules,
  ...layoutRules,
  ...productRules,
  ...reductionRules,
  GatherND: withoutBatch,
  ScatterElements: withoutBatch,
} as const satisfies Record<OperatorName, BatchRule>
