import { elementwiseOperators } from './elementwise.js'
import { layoutOperators } from './layout.js'
import { matrixOperators } from './matrices.js'
import { reductionOperators } from './reduction.js'

export type { Operator } from './Operator.js'

/** Every ONNX operator that a graph may use. */
export const operators = { ...elementwiseOperators, ...layoutOperators, ...matrixOperators, ...reductionOperators } as const

export type OperatorName = keyof typeof operators

export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name)
}
