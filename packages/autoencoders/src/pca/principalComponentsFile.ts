import { AutoencoderError } from '../AutoencoderError.js'
import { decodeSafetensors, encodeSafetensors } from '../tensors/safetensors.js'
import { PrincipalComponents } from './PrincipalComponents.js'

const NAMES = ['mean', 'components', 'variances'] as const

/** Encodes principal components as a safetensors file: mean [size], components [size, size], variances [size], in float32. */
export function encodePrincipalComponents({ mean, components, variances, size }: PrincipalComponents): Uint8Array {
  return encodeSafetensors({
    mean: { shape: [size], values: Float32Array.from(mean) },
    components: { shape: [size, size], values: Float32Array.from(components) },
    variances: { shape: [size], values: Float32Array.from(variances) },
  })
}

/** Decodes what encodePrincipalComponents wrote; throws AutoencoderError INVALID_SAFETENSORS for any other file. */
export function decodePrincipalComponents(file: Uint8Array): PrincipalComponents {
  const tensors = decodeSafetensors(file)
  const size = tensors.mean?.values.length ?? 0
  const [mean, components, variances] = NAMES.map((name) => {
    const values = tensors[name]?.values
    const expected = name === 'components' ? size * size : size
    if (values && size > 0 && values.length === expected) return Float64Array.from(values)
    throw new AutoencoderError(
      'INVALID_SAFETENSORS',
      `principal components, tensor ${name}: expected ${expected || 'some'} values, got ${values?.length ?? 'none'}`,
    )
  }) as [Float64Array, Float64Array, Float64Array]
  return new PrincipalComponents({ mean, components, variances })
}
