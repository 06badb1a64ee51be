import type { ArchitectureConfig } from './architectureSchema.js'

/** Tells whether what a model reconstructs cannot leave 0…1, so that clipping changes nothing. */
export function hasBoundedOutput({ outputActivation }: Pick<ArchitectureConfig, 'outputActivation'>): boolean {
  return outputActivation === 'sigmoid'
}
