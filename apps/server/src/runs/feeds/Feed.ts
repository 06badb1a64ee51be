import { abortable } from '../../abortable.js'
import { Latch } from '../../Latch.js'
import type { BoundedRange, FeedPage, FeedSource } from './FeedSource.js'
import { RecentPages } from './RecentPages.js'

export interface FeedOptions<Item> {
  /** Reads what a follower lacks: as the source does, or what was read before. */
  readonly read: (range: BoundedRange) => Promise<FeedPage<Item>>
  /** Called once it tells nobody anything more. */
  readonly ended: () => void
}

interface LiveItem<Item> {
  /** Counts what was told. */
  readonly number: number
  readonly item: Item
}

/**
 * Reads what is new once for all who follow it. Each follower has a place in the history and nothing else: what lies between it and what was read
 * lately it reads itself, at its own pace, so that nothing is held for one who is slow or was away.
 */
export class Feed<Item> {
  readonly #source: FeedSource<Item>
  readonly #recent = new RecentPages<Item>()
  readonly #followers = new Set<Latch>()
  readonly #live = new Map<string, LiveItem<Item>>()
  /** Set when there may be something to read. */
  readonly #changed = new Latch()
  readonly #begun: Promise<void>
  readonly #options: FeedOptions<Item>
  #liveCount = 0
  #upTo = 0
  #isOver = false
  #failure: { readonly error: unknown } | undefined

  constructor(source: FeedSource<Item>, options: FeedOptions<Item>) {
    this.#source = source
    this.#options = options
    let begin: () => void = () => undefined
    this.#begun = new Promise((resolve) => {
      begin = resolve
    })
    void this.#run(begin)
  }

  /** Whether it tells nobody anything more: whoever wants to follow needs another. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Tells everything behind a place in order, without a gap and none twice, and goes on live; without a place, only what comes. */
  follow(after: number | undefined): AsyncGenerator<Item, void> {
    const changed = new Latch()
    this.#followers.add(changed)
    return abortable(
      (aborted) => this.#follow(after, changed, aborted),
      () => this.#leave(changed),
    )
  }

  async *#follow(after: number | undefined, changed: Latch, aborted: AbortSignal): AsyncGenerator<Item, void> {
    try {
      await this.#begun
      let place = after ?? (await this.#source.newest()) ?? this.#upTo
      let since = place
      let seen = this.#source.liveStands ? 0 : this.#liveCount
      while (!aborted.aborted) {
        changed.clear()
        if (this.#failure) throw this.#failure.error
        if (this.#isOver) return
        const shared = this.#recent.after(place, since)
        const page = shared ?? (place < this.#upTo ? await this.#options.read({ since, after: place, upTo: this.#upTo }) : undefined)
        if (page) {
          for (const item of page.items) {
            if (aborted.aborted || this.#isOver) break
            yield item
          }
          place = page.upTo
          if (page.isLast) since = place
          continue
        }
        // What has its place among stored items is told to those who are there.
        const isTold = (this.#source.liveStands || place === this.#upTo) && this.#source.isLive?.() !== false
        const next = isTold ? this.#liveAfter(seen) : undefined
        if (next) {
          seen = next.number
          yield next.item
        } else {
          await changed.wait()
        }
      }
    } finally {
      this.#leave(changed)
    }
  }

  #liveAfter(seen: number): LiveItem<Item> | undefined {
    if (seen >= this.#liveCount) return undefined
    // Newer ones are further behind.
    for (const live of this.#live.values()) if (live.number > seen) return live
    return undefined
  }

  #leave(changed: Latch): void {
    if (!this.#followers.delete(changed)) return
    // It may be waiting.
    changed.set()
    if (this.#followers.size === 0) this.#end()
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#changed.set()
    this.#options.ended()
    this.#wake()
  }

  #wake(): void {
    for (const follower of this.#followers) follower.set()
  }

  async #run(begin: () => void): Promise<void> {
    const source = this.#source
    const changed = this.#changed
    const names = new Set<string>()
    let isStoredNew = true
    const stopListening = source.listen({
      stored: () => {
        isStoredNew = true
        changed.set()
      },
      live: (name) => {
        names.add(name)
        changed.set()
      },
      over: () => this.#end(),
    })
    try {
      const newest = await source.newest()
      if (newest === null) return
      this.#upTo = newest
      begin()
      let storedDue = 0
      let liveDue = 0
      let wait: number | undefined = 0
      while (!this.#isOver) {
        await changed.wait(wait)
        if (this.#isOver) return
        changed.clear()
        if (isStoredNew && performance.now() >= storedDue) {
          isStoredNew = false
          storedDue = performance.now() + source.storedInterval
          for (const name of await this.#readStored()) names.delete(name)
        }
        if (names.size > 0 && performance.now() >= liveDue) {
          const wanted = [...names]
          names.clear()
          liveDue = performance.now() + source.liveInterval
          this.#tell(await source.readLive(wanted, this.#upTo))
        }
        const due = [...(isStoredNew ? [storedDue] : []), ...(names.size > 0 ? [liveDue] : [])]
        wait = due.length === 0 ? undefined : Math.max(0, Math.min(...due) - performance.now())
        if (wait !== undefined) changed.clear()
      }
    } catch (error) {
      this.#failure = { error }
    } finally {
      stopListening()
      this.#end()
      begin()
    }
  }

  /** Reads on to the newest; returns the names of what was told. */
  async #readStored(): Promise<readonly string[]> {
    const told: string[] = []
    const since = this.#upTo
    for (let isLast = false; !isLast && !this.#isOver; ) {
      const page = await this.#source.read({ since, after: this.#upTo })
      isLast = page.isLast
      if (page.upTo <= this.#upTo) continue
      this.#upTo = page.upTo
      this.#recent.add(page, since)
      if (!this.#source.liveStands) this.#live.clear()
      told.push(...page.items.flatMap((item) => this.#source.nameOf(item) ?? []))
      this.#wake()
    }
    return told
  }

  #tell(items: ReadonlyMap<string, Item | undefined>): void {
    for (const [name, item] of items) {
      this.#live.delete(name)
      if (item !== undefined) this.#live.set(name, { number: ++this.#liveCount, item })
    }
    this.#wake()
  }
}
