import type { PrincipalDirections } from '@hourglass/autoencoders/latent'
import { modelClient } from './ModelClient'

interface FindDirectionsOptions {
  /** Units of one code. */
  readonly size: number
  /** How many directions at most. */
  readonly wanted: number
  readonly signal: AbortSignal
}

/** Finds the principal directions of codes `[n, size]`, off the thread that draws: those of long codes take seconds. */
export function findDirections(codes: Float32Array, { size, wanted, signal }: FindDirectionsOptions): Promise<PrincipalDirections> {
  const given = codes.slice()
  return modelClient.call('directions', { codes: given, size, wanted }, { signal, transfer: [given.buffer] })
}
