import { mul, onesLike, relu, sigmoid, square, step, sub, type Tensor, tanh } from '@tensorflow/tfjs-core'
import type { Activation } from './Activation.js'

/** Elementwise nonlinearities by name. */
export const activationFunctions: Readonly<Record<Activation, <T extends Tensor>(x: T) => T>> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
}

/** Their derivatives φ′(a), from a and φ(a), whichever is simpler; 0 where ReLU has none. */
export const activationDerivatives: Readonly<
  Record<Activation, (at: { readonly preActivations: Tensor; readonly values: Tensor }) => Tensor>
> = {
  linear: ({ values }) => onesLike(values),
  relu: ({ preActivations }) => step(preActivations),
  sigmoid: ({ values }) => mul(values, sub(1, values)),
  tanh: ({ values }) => sub(1, square(values)),
}
