const listeners = new Set<() => void>()

/** Tells whoever shows a list of runs that only the API knows what belongs in it now. */
export function markRunsStale(): void {
  for (const listener of listeners) listener()
}

/** Calls the listener whenever lists must be read again; returns what ends that. */
export function onRunsStale(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
