/** What drives the time of one run of a compiled function. All are counts, so that costs of runs add up. */
export interface GraphCost {
  /** Operators that ONNX Runtime runs. */
  readonly operators: number
  /** Tensors that each run hands to ONNX Runtime and takes from it: inputs, states, outputs, gradients. */
  readonly tensors: number
  /** Multiplications of the operators that multiply and add. */
  readonly multiplications: Readonly<Record<MultiplicationKind, number>>
  /** Values of slow functions, such as logarithms: of each, as many as logarithms that take as long. */
  readonly functionValues: number
  /** Bytes that are read and written, each operand and each result once, however often caches fetch them. */
  readonly bytes: Readonly<Record<ByteKind, number>>
  /** Elements of the state that the update loops compute anew. */
  readonly updatedElements: number
}

export const multiplicationKinds = ['matrix', 'convolution', 'transposedConvolution'] as const
/** Gemm, MatMul and Einsum; Conv; ConvTranspose. */
export type MultiplicationKind = (typeof multiplicationKinds)[number]

export const byteKinds = ['product', 'elementwise', 'reduction', 'layout', 'update', 'input', 'output'] as const
/**
 * By what touches them: products of matrices and convolutions; operators on elements; sums, means and pooling; transpositions, slices and gathering; update
 * loops; inputs of a run; outputs of a run, which JavaScript copies.
 */
export type ByteKind = (typeof byteKinds)[number]
