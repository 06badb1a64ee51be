import type { FeedPage } from './FeedSource.js'

/** So many items are kept: some seconds of a run that logs as often as it may. */
const RECENT_ITEMS = 64

/** The newest pages of a feed: enough for followers who are a little behind. */
export class RecentPages<Item> {
  /** By the place that they lie behind; the oldest first. */
  readonly #pages = new Map<number, FeedPage<Item>>()
  #items = 0

  add(page: FeedPage<Item>): void {
    this.#pages.set(page.after, page)
    this.#items += page.items.length
    for (const [after, oldest] of this.#pages) {
      if (this.#items <= RECENT_ITEMS || this.#pages.size === 1) return
      this.#pages.delete(after)
      this.#items -= oldest.items.length
    }
  }

  /** The page that follows a place; undefined where none begins there. */
  after(place: number): FeedPage<Item> | undefined {
    return this.#pages.get(place)
  }
}
