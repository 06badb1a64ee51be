import type { OperatorName } from '../operators/index.js'

/**
 * Logarithms that one value of a function takes as long as, where it takes longer than to read and write it: measured with ONNX Runtime 1.30, 100,000 floats on one
 * thread. Sigmoid, Tanh, Exp and Softmax are as fast as a sum.
 */
export const functionWeights: Readonly<Partial<Record<OperatorName, number>>> = {
  Acos: 0.5,
  Acosh: 10,
  Asin: 0.7,
  Asinh: 11,
  Atan: 0.7,
  Atanh: 11,
  Cos: 1.5,
  Cosh: 5,
  Elu: 1,
  Erf: 0.5,
  Log: 1,
  Mod: 3,
  PRelu: 2.5,
  Pow: 4,
  Selu: 1,
  Sign: 1,
  Sin: 1.5,
  Sinh: 7,
  Softplus: 7,
  Tan: 6,
}
