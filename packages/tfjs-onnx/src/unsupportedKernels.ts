const convolution = 'Convolutions have no rule yet: use dense layers, or run the model eagerly.'
const pooling = 'Pooling has no rule yet: use tf.reshape and tf.mean over whole windows.'
const complex = 'Complex numbers have no ONNX type: keep real and imaginary parts in two float32 tensors.'

const advice: Readonly<Record<string, string>> = {
  Conv2D: convolution,
  Conv2DBackpropFilter: convolution,
  Conv2DBackpropInput: convolution,
  Conv3D: convolution,
  DepthwiseConv2dNative: convolution,
  FusedConv2D: convolution,
  FusedDepthwiseConv2D: convolution,
  AvgPool: pooling,
  AvgPool3D: pooling,
  MaxPool: pooling,
  MaxPool3D: pooling,
  Complex: complex,
  ComplexAbs: complex,
  FFT: complex,
  IFFT: complex,
  Imag: complex,
  Real: complex,
  Atan2: 'Use tf.atan of the quotient and choose the quadrant with tf.where.',
  Cumprod: 'Use tf.exp of tf.cumsum of tf.log, for positive values.',
  Einsum: 'Use tf.matMul with tf.transpose and tf.reshape.',
  MirrorPad: 'Use tf.reverse of tf.slice, joined with tf.concat.',
  TopK: 'Use tf.argMax or tf.max, or sort outside the traced function.',
  Unique: 'Its output has no fixed shape: compute it outside the traced function.',
}

/** Says what to use in place of a kernel that has no rule. */
export function adviceFor(kernel: string): string {
  return advice[kernel] ?? 'Write it with the operations in the table of the package README, or add a row to the rules.'
}
