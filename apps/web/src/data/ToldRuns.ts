import type { RunsChangedSubscription } from './generated/graphql'

export type RunsChange = Omit<RunsChangedSubscription['runsChanged'], 'seq'>
export type ChangedRun = NonNullable<RunsChange['run']>

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
