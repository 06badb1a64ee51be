import type { PlaneProjection } from '@hourglass/autoencoders/latent'

/** What the map lays codes out by: a plane, or UMAP, which keeps neighbours together. */
export type Projection = PlaneProjection | { readonly kind: 'umap' }

export const mapColours = ['class', 'error', 'cluster'] as const
export type MapColour = (typeof mapColours)[number]

/** Which examples the map shows: those whose codes an epoch keeps, a random choice of all, or all, whose codes the lab computes when they are asked for. */
export const mapSets = ['kept', 'sample', 'all'] as const
export type MapSet = (typeof mapSets)[number]
