import { architectureRowOf } from './architectureRowOf.js'
import type { ArchitectureConfig } from './architectureSchema.js'

/** Tells by its configuration whether all that a decoder reaches lies on an affine space, as principal components do. */
export function isAffineDecoder(config: ArchitectureConfig): boolean {
  return architectureRowOf(config).isAffineDecoder(config)
}
