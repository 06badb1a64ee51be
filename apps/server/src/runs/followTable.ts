import { abortable } from './abortable.js'
import { Latch } from './Latch.js'
import type { RunSignal, RunSignals } from './RunSignals.js'

export const tableChanges = ['CREATED', 'UPDATED', 'DELETED'] as const
export type TableChange = (typeof tableChanges)[number]

export interface ChangedRun {
  readonly change: TableChange
  readonly id: string
}

const INTERVAL_MILLISECONDS = 250

/** Follows the table of runs: every run that changed since the reader last looked, once, with its latest change. */
export function followTable(signals: RunSignals): AsyncGenerator<ChangedRun, void> {
  return abortable((aborted) => follow(signals, aborted))
}

async function* follow(signals: RunSignals, aborted: AbortSignal): AsyncGenerator<ChangedRun, void> {
  const changed = new Latch()
  const pending = new Map<string, TableChange>()
  const stopListening = signals.onTable((id, signal) => {
    pending.set(id, merge(pending.get(id), signal))
    changed.set()
  })
  try {
    while (!aborted.aborted) {
      await changed.wait(aborted)
      changed.clear()
      const batch = [...pending]
      pending.clear()
      for (const [id, change] of batch) yield { change, id }
      // Progress comes a few times a second from every training run; a table needs it no more often than this.
      await new Latch().wait(aborted, INTERVAL_MILLISECONDS)
    }
  } finally {
    stopListening()
  }
}

function merge(earlier: TableChange | undefined, signal: RunSignal): TableChange {
  if (signal === 'deleted') return 'DELETED'
  return signal === 'created' || earlier === 'CREATED' ? 'CREATED' : 'UPDATED'
}
