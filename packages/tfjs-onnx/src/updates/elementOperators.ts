import type { Arithmetic } from '@hourglass/wasm'
import type { OperatorName } from '../operators/index.js'

/** Functions of JavaScript that compute, in float64, what WebAssembly has no instruction for. */
export const importedFunctions = {
  exp: Math.exp,
  log: Math.log,
  pow: Math.pow,
  tanh: Math.tanh,
} as const

export type ImportedFunction = keyof typeof importedFunctions

/** How an operator is computed on one element of each operand, and, where it is an instruction, on four at once. */
export type ElementOperator = { readonly instruction: Arithmetic; readonly firstOperand?: number } | { readonly imported: ImportedFunction }

/** The operators of float32 that an update program computes; all others stay in the ONNX graph. */
export const elementOperators: Readonly<Partial<Record<OperatorName, ElementOperator>>> = {
  Abs: { instruction: 'abs' },
  Add: { instruction: 'add' },
  Div: { instruction: 'div' },
  Exp: { imported: 'exp' },
  Log: { imported: 'log' },
  Max: { instruction: 'max' },
  Min: { instruction: 'min' },
  Mul: { instruction: 'mul' },
  Neg: { instruction: 'neg' },
  Pow: { imported: 'pow' },
  Reciprocal: { instruction: 'div', firstOperand: 1 },
  Sqrt: { instruction: 'sqrt' },
  Sub: { instruction: 'sub' },
  Tanh: { imported: 'tanh' },
}
