/** Writes the address of the page on which the same example goes through the latent spaces of some runs. */
export function latentSpacesOf(ids: readonly string[]): string {
  return `/latent?runs=${ids.map(encodeURIComponent).join(',')}`
}
