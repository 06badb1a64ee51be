import { linearArchitecture } from '../architectures/architectureSchema.js'
import { completeRunConfig } from '../config/validateRunConfig.js'
import type { ModelDescription } from '../inference/ModelDescription.js'
import type { PrincipalComponents } from './PrincipalComponents.js'

/**
 * Writes the first k principal components as a linear autoencoder, f(x) = D x − D μ and g(c) = Dᵀ c + μ, so that whatever is measured of a
 * model is measured of PCA by the same code. Units beyond as many components as there are stay at 0.
 */
export function toLinearModel(principalComponents: PrincipalComponents, k: number, exampleShape: readonly number[]): ModelDescription {
  const { mean, components, size, rank } = principalComponents
  const kernel = new Float32Array(size * k)
  const offsets = new Float64Array(k)
  for (let component = 0; component < Math.min(k, rank); component++) {
    for (let index = 0; index < size; index++) {
      const weight = components[component * size + index] as number
      kernel[index * k + component] = weight
      offsets[component] = (offsets[component] as number) - weight * (mean[index] as number)
    }
  }
  const decoder = new Float32Array(k * size)
  decoder.set(components.subarray(0, k * size))
  const { architecture } = completeRunConfig({ architecture: linearArchitecture(k) })
  return {
    config: architecture,
    exampleShape,
    parameters: {
      'encoder/0/kernel': { shape: [size, k], values: kernel },
      'encoder/0/bias': { shape: [k], values: Float32Array.from(offsets) },
      'decoder/0/kernel': { shape: [k, size], values: decoder },
      'decoder/0/bias': { shape: [size], values: Float32Array.from(mean) },
    },
  }
}
