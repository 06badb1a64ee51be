import type { PrismaClient, Run } from '../../generated/prisma/client.js'
import { readCursors } from '../readCursors.js'
import type { RunList } from '../runList.js'
import type { FeedSource } from './FeedSource.js'
import type { ChangedRow } from './tableFeed.js'

/** Numbers of the runs whose changes were read at once: one object for all of them. */
type Together = readonly number[]

/** A change of a run. */
export interface ChangedRun extends ChangedRow<Run> {
  readonly together: Together
}

/** Has a feed of runs tell with each change which it was read with. */
export function readTogether(source: FeedSource<ChangedRow<Run>>): FeedSource<ChangedRun> {
  return {
    ...source,
    read: async (range) => {
      const page = await source.read(range)
      const together = page.items.flatMap(numbersOf)
      return { ...page, items: page.items.map((item) => ({ ...item, together })) }
    },
    readLive: async (names, upTo) => {
      const live = [...(await source.readLive(names, upTo))]
      const together = live.flatMap(([, item]) => (item ? numbersOf(item) : []))
      return new Map(live.map(([name, item]) => [name, item && { ...item, together }]))
    },
  }
}

/** The number of a run that is stored, if only in the trash: there are lists of what lies there. */
function numbersOf({ row, trashed }: ChangedRow<Run>): readonly number[] {
  const number = row?.number ?? trashed
  return number === undefined ? [] : [number]
}

type Cursors = ReadonlyMap<number, string>

/** Tells where runs that changed stand in lists. What was read at once is looked up at once, for all who follow the same list. */
export class ListedRuns {
  readonly #read: PrismaClient
  readonly #cursors = new WeakMap<Together, Map<string, Promise<Cursors>>>()

  constructor(read: PrismaClient) {
    this.#read = read
  }

  /** The cursor that a page of the list has for the run; null where it is not in the list. It is no older than the row that the change brings. */
  async cursorOf(changed: ChangedRun, list: RunList): Promise<string | null> {
    const { together } = changed
    const [number] = numbersOf(changed)
    if (number === undefined) return null
    const ofLists = this.#cursors.get(together) ?? new Map<string, Promise<Cursors>>()
    this.#cursors.set(together, ofLists)
    const key = JSON.stringify(list)
    const reading = ofLists.get(key) ?? readCursors(this.#read, list, together)
    ofLists.set(key, reading)
    return (await reading).get(number) ?? null
  }
}
