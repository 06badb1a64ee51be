import type { FeedPage } from './FeedSource.js'

interface RecentPage<Item> {
  readonly page: FeedPage<Item>
  /** Where the reader was before the first page of several. */
  readonly since: number
}

/** So many items are kept: some seconds of a run that logs as often as it may. */
const RECENT_ITEMS = 64

/** The newest pages of a feed: enough for followers who are a little behind. */
export class RecentPages<Item> {
  /** By the place that they lie behind; the oldest first. */
  readonly #pages = new Map<number, RecentPage<Item>>()
  #items = 0

  add(page: FeedPage<Item>, since: number): void {
    this.#pages.set(page.after, { page, since })
    this.#items += page.items.length
    for (const [after, oldest] of this.#pages) {
      if (this.#items <= RECENT_ITEMS || this.#pages.size === 1) return
      this.#pages.delete(after)
      this.#items -= oldest.page.items.length
    }
  }

  /** The page that follows a place for one who was at `since` before: what is new to others may not be new to them. Undefined where there is none. */
  after(place: number, since: number): FeedPage<Item> | undefined {
    const known = this.#pages.get(place)
    return known?.since === since ? known.page : undefined
  }
}
