/** What the map lays codes out by: two of their units (one, and classes as heights, where there is no other), or their first two principal directions. */
export type Projection = { readonly kind: 'units'; readonly across: number; readonly up: number | null } | { readonly kind: 'principal' }

export const mapColours = ['class', 'error', 'cluster'] as const
export type MapColour = (typeof mapColours)[number]
