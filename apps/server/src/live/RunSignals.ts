/** `stored`: its row or events changed. `progressed`: only its progress, which is not stored. */
export type RunSignal = 'created' | 'stored' | 'progressed' | 'deleted'

export type RunListener = (signal: RunSignal) => void
export type TableListener = (runId: string, signal: RunSignal) => void

/**
 * Tells whoever waits that a run changed, after the change is committed. A signal carries no data: who hears it reads the store again,
 * so nothing queues up behind a slow reader.
 */
export class RunSignals {
  readonly #runListeners = new Map<string, Set<RunListener>>()
  readonly #tableListeners = new Set<TableListener>()

  emit(runId: string, signal: RunSignal): void {
    for (const listener of this.#runListeners.get(runId) ?? []) listener(signal)
    for (const listener of this.#tableListeners) listener(runId, signal)
  }

  /** Listens to one run; returns how to stop. */
  onRun(runId: string, listener: RunListener): () => void {
    const listeners = this.#runListeners.get(runId) ?? new Set()
    this.#runListeners.set(runId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#runListeners.get(runId) === listeners) this.#runListeners.delete(runId)
    }
  }

  /** Listens to every run; returns how to stop. */
  onTable(listener: TableListener): () => void {
    this.#tableListeners.add(listener)
    return () => this.#tableListeners.delete(listener)
  }
}
