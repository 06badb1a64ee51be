import type { RunsChangedSubscription } from './generated/graphql'

type SentChange = RunsChangedSubscription['runsChanged']
export type ChangedRun = Omit<NonNullable<SentChange['run']>, 'values' | 'reconstructions'>

export interface RunsChange extends Omit<SentChange, 'seq'> {
  /** Names of the columns that came along. */
  readonly columns: readonly string[]
}

/**
 * Remembers what the changes of the table said last of each run. The cache cannot tell what a change changed: a page that follows one run writes the
 * same rows, and may have been first.
 */
export class ToldRuns {
  readonly #runs = new Map<string, ChangedRun>()

  /** Takes a change, and returns what the one before said of its run; undefined where nothing was said of it. */
  tell({ change, id, run }: RunsChange): ChangedRun | undefined {
    const before = this.#runs.get(id)
    if (change === 'DELETED' || !run) this.#runs.delete(id)
    else this.#runs.set(id, run)
    return before
  }
}
