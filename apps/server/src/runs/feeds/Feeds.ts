import { LRUCache } from 'lru-cache'
import { Feed } from './Feed.js'
import type { BoundedRange, FeedPage, FeedSource } from './FeedSource.js'

/** So many pages that followers read for themselves are kept a little: many who come at once are behind by the same. */
const REMEMBERED_PAGES = 20
const REMEMBERED_MILLISECONDS = 30_000

/** The feeds of one kind that somebody follows, each once. */
export class Feeds<Item> {
  readonly #sourceOf: (id: string) => FeedSource<Item>
  readonly #open = new Map<string, Feed<Item>>()
  readonly #pages = new LRUCache<string, Promise<FeedPage<Item>>>({ max: REMEMBERED_PAGES, ttl: REMEMBERED_MILLISECONDS })

  constructor(sourceOf: (id: string) => FeedSource<Item>) {
    this.#sourceOf = sourceOf
  }

  /** How many are followed. */
  get size(): number {
    return this.#open.size
  }

  /** Follows what has an id from a place in the lab's history on, as {@link Feed.follow} does. */
  follow(id: string, after: number | undefined): AsyncGenerator<Item, void> {
    return this.#feedOf(id).follow(after)
  }

  #feedOf(id: string): Feed<Item> {
    const known = this.#open.get(id)
    if (known && !known.isOver) return known
    const source = this.#sourceOf(id)
    const feed = new Feed(source, {
      read: (range) => this.#readPage(id, source, range),
      ended: () => {
        if (this.#open.get(id) === feed) this.#open.delete(id)
      },
    })
    this.#open.set(id, feed)
    return feed
  }

  /** A page may be a little old: what changed since lies behind it, and comes. */
  async #readPage(id: string, source: FeedSource<Item>, range: BoundedRange): Promise<FeedPage<Item>> {
    const key = `${id} ${range.since} ${range.after}`
    const known = await this.#pages.get(key)?.catch(() => undefined)
    if (known && known.upTo > range.after && known.upTo <= range.upTo) return known
    const reading = source.read(range)
    this.#pages.set(key, reading)
    return reading
  }
}
