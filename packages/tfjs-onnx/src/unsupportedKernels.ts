const threeAxes = 'Only images with two spatial axes have a rule: fold one axis into the batch with tf.reshape, or run the model eagerly.'
const complex = 'Complex numbers have no ONNX type: keep real and imaginary parts in two float32 tensors.'
const composed = 'tfjs composes it of other kernels: call the function of tfjs in place of the kernel.'
const dilation = 'Morphological dilation has no rule: use tf.maxPool, or prepare the images outside the traced function.'
const histogram = 'Use tf.sum of tf.oneHot, or count outside the traced function.'
const image = 'Prepare the images outside the traced function.'
const search = 'Use tf.sum of tf.cast of tf.less between values and the sorted sequence.'
const shapeOfValues = 'The shape of its result depends on values: compute it outside the traced function.'
const sparse = 'Sparse and ragged tensors have no rule: use dense tensors, or tf.scatterND.'
const strings = 'Strings have no rule: encode them as numbers outside the traced function.'

/** Every kernel of tfjs-core that has no rule, with what to use in its place. */
export const unsupportedKernels: Readonly<Record<string, string>> = {
  AvgPool3D: threeAxes,
  AvgPool3DGrad: threeAxes,
  Bincount: histogram,
  BroadcastArgs: 'Shapes are known while tracing: use tf.broadcastTo with a plain array.',
  BroadcastTo: composed,
  Complex: complex,
  ComplexAbs: complex,
  Conv3D: threeAxes,
  Conv3DBackpropFilterV2: threeAxes,
  Conv3DBackpropInputV2: threeAxes,
  CropAndResize: 'Use tf.slice and tf.image.resizeBilinear where the boxes are known, or crop outside the traced function.',
  DenseBincount: histogram,
  Dilation2D: dilation,
  Dilation2DBackpropFilter: dilation,
  Dilation2DBackpropInput: dilation,
  Draw: image,
  FFT: complex,
  FromPixels: image,
  IFFT: complex,
  Imag: complex,
  LRN: 'Use batch normalisation, or tf.div by powers of tf.avgPool over the channels.',
  LRNGrad: 'Use batch normalisation, or tf.div by powers of tf.avgPool over the channels.',
  LogSoftmax: composed,
  LogicalXor: composed,
  LowerBound: composed,
  MatrixBandPart: composed,
  MaxPool3D: threeAxes,
  MaxPool3DGrad: threeAxes,
  MaxPoolWithArgmax: 'Use tf.maxPool, whose gradient needs no indices, or tf.argMax over tf.stack of the elements of the windows.',
  NonMaxSuppressionV3: shapeOfValues,
  NonMaxSuppressionV4: shapeOfValues,
  NonMaxSuppressionV5: shapeOfValues,
  Pool: composed,
  RaggedGather: sparse,
  RaggedRange: sparse,
  RaggedTensorToTensor: sparse,
  Real: complex,
  RotateWithOffset: image,
  SearchSorted: search,
  SparseFillEmptyRows: sparse,
  SparseReshape: sparse,
  SparseSegmentMean: sparse,
  SparseSegmentSum: sparse,
  SparseToDense: sparse,
  StaticRegexReplace: strings,
  StringNGrams: strings,
  StringSplit: strings,
  StringToHashBucketFast: strings,
  Transform: image,
  Unique: shapeOfValues,
  UpperBound: composed,
}

/** Says what to use in place of a kernel that has no rule. */
export function adviceFor(kernel: string): string {
  return unsupportedKernels[kernel] ?? 'Write it with the operations of docs/operations.md in the package, or add a row to the rules.'
}
