import { AutoencoderError } from '../AutoencoderError.js'
import { decodeSafetensors, encodeSafetensors } from '../tensors/safetensors.js'
import { PrincipalComponents } from './PrincipalComponents.js'

const NAMES = ['mean', 'components', 'variances'] as const

/** Encodes principal components as a safetensors file: mean [size], components [rank, size], variances [rank], in float32. */
export function encodePrincipalComponents({ mean, components, variances, size, rank }: PrincipalComponents): Uint8Array {
  return encodeSafetensors({
    mean: { shape: [size], values: Float32Array.from(mean) },
    components: { shape: [rank, size], values: Float32Array.from(components) },
    variances: { shape: [rank], values: Float32Array.from(variances) },
  })
}

/**
 * Decodes what encodePrincipalComponents wrote of data with so many examples, also files of earlier versions, with directions along which nothing
 * varies; throws AutoencoderError INVALID_SAFETENSORS for any other file.
 */
export function decodePrincipalComponents(file: Uint8Array, examples: number): PrincipalComponents {
  const tensors = decodeSafetensors(file)
  const size = tensors.mean?.values.length ?? 0
  const count = tensors.variances?.values.length ?? 0
  const lengths = { mean: size, components: count * size, variances: count }
  const [mean, components, variances] = NAMES.map((name) => {
    const values = tensors[name]?.values
    if (values && size > 0 && values.length === lengths[name]) return Float64Array.from(values)
    throw new AutoencoderError(
      'INVALID_SAFETENSORS',
      `principal components, tensor ${name}: expected ${lengths[name] || 'some'} values, got ${values?.length ?? 'none'}`,
    )
  }) as [Float64Array, Float64Array, Float64Array]
  return new PrincipalComponents({ mean, components, variances, examples })
}

/** Rounds principal components to what their file holds of them. */
export function roundPrincipalComponents(components: PrincipalComponents): PrincipalComponents {
  return decodePrincipalComponents(encodePrincipalComponents(components), components.examples)
}
