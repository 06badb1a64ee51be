import type { ArchitectureConfig } from './architectureSchema.js'

/** Tells by its configuration whether all that a decoder reaches lies on an affine space, as principal components do. */
export function isAffineDecoder(config: ArchitectureConfig): boolean {
  if (config.kind !== 'dense' || config.outputActivation !== 'linear') return false
  return config.hiddenWidths.length === 0 || config.hiddenActivation === 'linear'
}
