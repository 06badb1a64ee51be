import { optimizerRowOf } from './optimizerRowOf.js'
import type { RunConfig } from './RunConfig.js'

const sparse = { none: '', l1: 'sparse', klSparsity: 'sparse', contractive: 'contractive' } as const satisfies Record<
  RunConfig['regularizer']['kind'],
  string
>

/** Names the kind of autoencoder that a configuration trains: `Dense`, `Denoising variational dense`, `Sparse convolutional`, `PCA`. */
export function modelTitle({ architecture, corruption, regularizer, optimizer }: RunConfig): string {
  if (optimizerRowOf(optimizer).takesPrincipalComponents) return 'PCA'
  const words = [
    corruption.kind === 'none' ? '' : 'denoising',
    sparse[regularizer.kind],
    'encoder' in architecture && architecture.encoder.kind === 'variational' ? 'variational' : '',
    architecture.kind,
  ]
  const title = words.filter((word) => word !== '').join(' ')
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
