import { architectureRowOf } from '../architectures/architectureRowOf.js'
import { encoderRowOf } from '../architectures/encoderRows.js'
import { isNone } from './isNone.js'
import { optimizerRowOf } from './optimizerRowOf.js'
import { penaltyFactsOf } from './penaltyFactsOf.js'
import type { RunConfig } from './RunConfig.js'

/** Names the kind of autoencoder that a configuration trains: `Dense`, `Denoising variational dense`, `Sparse convolutional`, `PCA`. */
export function modelTitle({ architecture, corruption, regularizer, optimizer }: RunConfig): string {
  if (optimizerRowOf(optimizer).takesPrincipalComponents) return 'PCA'
  const words = [
    isNone(corruption) ? '' : 'denoising',
    penaltyFactsOf(regularizer)?.adjective ?? '',
    encoderRowOf(architecture.encoder).adjective,
    architectureRowOf(architecture).adjective,
  ]
  const title = words.filter((word) => word !== '').join(' ')
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
