/** From which model a new run is to start, and which change of its settings is to keep it from diverging. */
export interface StartLink {
  readonly parent: string
  readonly epoch: number
  readonly remedy: string
}

/** Addresses the form of a run that starts from the model of an earlier one; from epoch 0, of one with its settings that starts anew. */
export function startLink({ parent, epoch, remedy }: StartLink): string {
  const query = new URLSearchParams({ ...(epoch > 0 ? { parent, epoch: String(epoch) } : { from: parent }), remedy })
  return `/new?${query}`
}
