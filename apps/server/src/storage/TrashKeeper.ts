import type { PrismaClient } from '../generated/prisma/client.js'
import type { Log } from '../log.js'

const DAY = 86_400_000
/** How often it looks, in milliseconds. */
const INTERVAL = 3_600_000

interface Due {
  /** Ids of experiments that are deleted whole. */
  readonly experiments: readonly string[]
  readonly runs: readonly { readonly id: string; readonly number: number }[]
  /** Ids of reports. */
  readonly reports: readonly string[]
}

export interface TrashKeeperOptions {
  readonly read: Pick<PrismaClient, 'run' | 'experiment' | 'report'>
  /** Days after which what lies in the trash is deleted for good. */
  readonly days: number
  /** Deletes for good. */
  readonly purge: (due: Due) => Promise<void>
  readonly log: Log
}

/** Deletes for good what has lain in the trash for its time. */
export class TrashKeeper {
  readonly #options: TrashKeeperOptions
  readonly #timer: NodeJS.Timeout
  #working: Promise<void> | undefined
  #isClosing = false

  constructor(options: TrashKeeperOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.wake(), INTERVAL).unref()
  }

  /** When what was moved to the trash at a time is deleted for good. */
  dueAt(deletedAt: Date): Date {
    return new Date(deletedAt.getTime() + this.#options.days * DAY)
  }

  /** Looks now, beside everything else. */
  wake(): void {
    if (this.#isClosing) return
    this.#working ??= this.#work()
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'trash cannot be emptied'))
      .finally(() => {
        this.#working = undefined
      })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#timer)
    await this.#working
  }

  async #work(): Promise<void> {
    const { read, days, purge, log } = this.#options
    const where = { deletedAt: { lte: new Date(Date.now() - days * DAY) } }
    const experiments = (await read.experiment.findMany({ where, select: { id: true } })).map(({ id }) => id)
    const runs = await read.run.findMany({
      where: { ...where, OR: [{ experimentId: null }, { experimentId: { notIn: experiments } }] },
      select: { id: true, number: true },
      orderBy: { number: 'asc' },
    })
    const reports = (await read.report.findMany({ where, select: { id: true } })).map(({ id }) => id)
    if (experiments.length + runs.length + reports.length === 0) return
    log.info(
      { experiments: experiments.length, runs: runs.length, reports: reports.length },
      'what has lain in the trash for its time is deleted',
    )
    await purge({ experiments, runs, reports })
  }
}
