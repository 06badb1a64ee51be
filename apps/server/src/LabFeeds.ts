import type { Database } from './database/Database.js'
import { experimentsFeed } from './experiments/experimentsFeed.js'
import type { Experiment } from './generated/prisma/client.js'
import { Feeds } from './runs/feeds/Feeds.js'
import { type ChangedRun, ListedRuns, readTogether } from './runs/feeds/ListedRuns.js'
import { type Moment, Moments } from './runs/feeds/Moments.js'
import { placedRunsFeed } from './runs/feeds/placedRunsFeed.js'
import { type FollowedEvent, type RunFeedOptions, runFeed } from './runs/feeds/runFeed.js'
import { runsFeed } from './runs/feeds/runsFeed.js'
import type { ChangedRow } from './runs/feeds/tableFeed.js'
import type { QueuePlaces } from './runs/queue/QueuePlaces.js'
import { watchQueue } from './runs/queue/watchQueue.js'

export interface LabFeedsOptions extends RunFeedOptions {
  readonly database: Database
  readonly queuePlaces: QueuePlaces
}

/** What happens in the lab, read once for all who follow it. */
export class LabFeeds {
  /** Where the runs of changes stand in lists. */
  readonly listed: ListedRuns
  readonly #options: LabFeedsOptions
  readonly #run: Feeds<FollowedEvent>
  readonly #runs: Feeds<ChangedRun>
  readonly #placedRuns: Feeds<ChangedRun>
  readonly #experiments: Feeds<ChangedRow<Experiment>>
  readonly #lab = new Moments()
  /** Of the lab, and of what waits and trains in it. */
  readonly #queue: Moments
  readonly #reports = new Moments()
  /** Of each report that somebody follows. */
  readonly #report = new Map<string, Moments>()

  constructor(options: LabFeedsOptions) {
    const { database, signals, queuePlaces } = options
    this.#options = options
    this.listed = new ListedRuns(database.read)
    this.#run = new Feeds((runId) => runFeed(options, runId))
    this.#runs = new Feeds(() => readTogether(runsFeed(database.read, signals)))
    this.#placedRuns = new Feeds(() => readTogether(placedRunsFeed({ read: database.read, signals, places: queuePlaces })))
    this.#experiments = new Feeds(() => experimentsFeed(database.read, signals))
    this.#queue = new Moments(() => {
      // What was told before may be true no more.
      this.#queue.tell()
      return watchQueue({ read: database.read, signals, places: queuePlaces }, () => this.#queue.tell())
    })
    database.state.listen(() => this.labChanged())
  }

  /**
   * Replays the stored events of a run after `after` in order and continues live, with no gap and no duplicate; progress comes in between,
   * the latest only. At the reader's pace. Ends when the run is deleted; throws RUN_NOT_FOUND where there is none.
   */
  async followRun(runId: string, after: number): Promise<AsyncGenerator<FollowedEvent, void>> {
    await this.#options.runs.requireRun(runId)
    return this.#run.follow(runId, after)
  }

  /**
   * Follows all runs from a place in the lab's history on: every run that changed after it, in the order of its newest change and as it is now, and
   * again whenever it changes. Without a place, only what comes.
   */
  followRuns(after: number | undefined): AsyncGenerator<ChangedRun, void> {
    return this.#runs.follow('runs', after)
  }

  /** Follows all runs as {@link followRuns} does, and tells of each that waits whenever its place in the queue is another, too. */
  followPlacedRuns(after: number | undefined): AsyncGenerator<ChangedRun, void> {
    return this.#placedRuns.follow('runs', after)
  }

  /** Follows all experiments as {@link followRuns} does runs. */
  followExperiments(after: number | undefined): AsyncGenerator<ChangedRow<Experiment>, void> {
    return this.#experiments.follow('experiments', after)
  }

  /** Tells whoever follows the lab that something of it is otherwise now. */
  labChanged(): void {
    this.#lab.tell()
    this.#queue.tell()
  }

  /** Tells how the lab is, at once and whenever what it waits for, or what somebody has set, changes. */
  followLab(): AsyncGenerator<Moment, void> {
    return this.#lab.follow()
  }

  /** Tells how the lab is as {@link followLab} does, and whenever which runs wait or train, or the order in which they wait, changes. */
  followQueue(): AsyncGenerator<Moment, void> {
    return this.#queue.follow()
  }

  /** Tells whoever follows these reports that they are otherwise now. */
  reportsChanged(ids: readonly string[]): void {
    this.#reports.tell()
    for (const id of ids) this.#report.get(id)?.tell()
  }

  /** Tells at once, and whenever some report is otherwise. */
  followReports(): AsyncGenerator<Moment, void> {
    return this.#reports.follow()
  }

  /** Tells at once, and whenever a report is otherwise, whether there is one or not. */
  followReport(id: string): AsyncGenerator<Moment, void> {
    const moments = this.#report.get(id) ?? new Moments(() => () => this.#report.delete(id))
    this.#report.set(id, moments)
    return moments.follow()
  }
}
