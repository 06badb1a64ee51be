import { abortable } from '../runs/abortable.js'
import type { TableChange } from '../runs/followTable.js'
import { Latch } from '../runs/Latch.js'
import type { ExperimentSignal, RunSignals } from '../runs/RunSignals.js'

export interface ChangedExperiment {
  readonly change: TableChange
  readonly id: string
}

export interface FollowExperimentsOptions {
  readonly signals: RunSignals
  /** Names the experiments that runs belong to. */
  readonly experimentsOf: (runIds: readonly string[]) => Promise<readonly string[]>
}

const INTERVAL_MILLISECONDS = 250

/** Follows experiments: each that changed, or of which a run changed, since the reader last looked, once, with its latest change. */
export function followExperiments(options: FollowExperimentsOptions): AsyncGenerator<ChangedExperiment, void> {
  return abortable((aborted) => follow(options, aborted))
}

async function* follow(
  { signals, experimentsOf }: FollowExperimentsOptions,
  aborted: AbortSignal,
): AsyncGenerator<ChangedExperiment, void> {
  const changed = new Latch()
  const pending = new Map<string, TableChange>()
  const runs = new Set<string>()
  const stopListening = [
    signals.onExperiments((id, signal) => {
      pending.set(id, merge(pending.get(id), signal))
      changed.set()
    }),
    signals.onTable((id, signal) => {
      // A deleted run is in no experiment any more; its store tells of the one that it was in.
      if (signal === 'deleted') return
      runs.add(id)
      changed.set()
    }),
  ]
  try {
    while (!aborted.aborted) {
      await changed.wait(aborted)
      changed.clear()
      const changedRuns = [...runs]
      runs.clear()
      const affected = changedRuns.length === 0 ? [] : await experimentsOf(changedRuns)
      for (const id of affected) pending.set(id, pending.get(id) ?? 'UPDATED')
      const batch = [...pending]
      pending.clear()
      for (const [id, change] of batch) yield { change, id }
      // Training runs report progress a few times a second; a page needs it no more often than this.
      await new Latch().wait(aborted, INTERVAL_MILLISECONDS)
    }
  } finally {
    for (const stop of stopListening) stop()
  }
}

function merge(earlier: TableChange | undefined, signal: ExperimentSignal): TableChange {
  if (signal === 'deleted') return 'DELETED'
  return signal === 'created' || earlier === 'CREATED' ? 'CREATED' : 'UPDATED'
}
