import type * as tf from '@tensorflow/tfjs-core'

/** The tensors of tfjs by how many dimensions they have. */
interface TensorsByRank {
  readonly 0: tf.Scalar
  readonly 1: tf.Tensor1D
  readonly 2: tf.Tensor2D
  readonly 3: tf.Tensor3D
  readonly 4: tf.Tensor4D
  readonly 5: tf.Tensor5D
  readonly 6: tf.Tensor<tf.Rank.R6>
}

/** The type of a tensor of a shape: `Tensor2D` for `[n, m]`, and `Tensor` where the type does not tell how many dimensions there are. */
export type TensorOfShape<Shape extends readonly unknown[]> = Shape['length'] extends keyof TensorsByRank
  ? TensorsByRank[Shape['length']]
  : tf.Tensor
