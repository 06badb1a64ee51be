import { convolutionOperators } from './convolution.js'
import { elementwiseOperators } from './elementwise.js'
import { indexingOperators } from './indexing.js'
import { layoutOperators } from './layout.js'
import { matrixOperators } from './matrices.js'
import { poolingOperators } from './pooling.js'
import { reductionOperators } from './reduction.js'

export type { Operator } from './Operator.js'

/** Every ONNX operator that a graph may use. */
export const operators = {
  ...convolutionOperators,
  ...elementwiseOperators,
  ...indexingOperators,
  ...layoutOperators,
  ...matrixOperators,
  ...poolingOperators,
  ...reductionOperators,
} as const

export type OperatorName = keyof typeof operators

/** Tells whether an operator is known by a name. */
export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name)
}
