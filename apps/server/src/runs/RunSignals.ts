/** `stored`: its row or events changed. `progressed`: only its progress, which is not stored. */
export type RunSignal = 'created' | 'stored' | 'progressed' | 'deleted'

export type RunListener = (signal: RunSignal) => void
export type TableListener = (runId: string, signal: RunSignal) => void
/** `stored`: its row, or which runs it has, changed. What happens to its runs is signalled of them. */
export type ExperimentSignal = 'created' | 'stored' | 'deleted'
export type ExperimentListener = (experimentId: string, signal: ExperimentSignal) => void

/**
 * Tells whoever waits that a run or an experiment changed, after the change is committed. A signal carries no data: who hears it reads the store again,
 * so nothing queues up behind a slow reader.
 */
export class RunSignals {
  readonly #runListeners = new Map<string, Set<RunListener>>()
  readonly #tableListeners = new Set<TableListener>()
  readonly #experimentListeners = new Set<ExperimentListener>()

  emit(runId: string, signal: RunSignal): void {
    for (const listener of this.#runListeners.get(runId) ?? []) listener(signal)
    for (const listener of this.#tableListeners) listener(runId, signal)
  }

  emitExperiment(experimentId: string, signal: ExperimentSignal): void {
    for (const listener of this.#experimentListeners) listener(experimentId, signal)
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

  /** Listens to every experiment; returns how to stop. */
  onExperiments(listener: ExperimentListener): () => void {
    this.#experimentListeners.add(listener)
    return () => this.#experimentListeners.delete(listener)
  }
}
