import { relu, sigmoid, type Tensor, tanh } from '@tensorflow/tfjs-core'
import type { Activation } from '../config/RunConfig.js'

/** Elementwise nonlinearities by name. */
export const activationFunctions: Readonly<Record<Activation, <T extends Tensor>(x: T) => T>> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
}
