/** A stretch of the lab's history: behind `after`, up to and with `upTo`, or up to the newest where that is left out. */
export interface FeedRange {
  readonly after: number
  readonly upTo?: number | undefined
  /** Where the reader was before the first page of several: what was created behind it is new to them. */
  readonly since: number
}

export interface BoundedRange extends FeedRange {
  readonly upTo: number
}

/** What one reading found, in order. */
export interface FeedPage<Item> {
  readonly after: number
  readonly items: readonly Item[]
  /** How far the items go; what lies behind comes with the next page. */
  readonly upTo: number
  /** Whether nothing was left behind it. */
  readonly isLast: boolean
}

export interface FeedListener {
  /** Something was stored. */
  stored(): void
  /** Something changed that is not stored, of what has this name. */
  live(name: string): void
  /** What is followed is gone. */
  over(): void
}

/** What is followed. */
export interface FeedSource<Item> {
  /** Calls the listener after each change; returns how to stop. */
  readonly listen: (listener: FeedListener) => () => void
  /** Reads up to where things are stored now; null where what is followed is gone. */
  readonly newest: () => Promise<number | null>
  readonly read: (range: FeedRange) => Promise<FeedPage<Item>>
  /** What is not stored, as it is now, by name; undefined for what is no more. `upTo` is how far the stored items went out. */
  readonly readLive: (names: readonly string[], upTo: number) => Promise<ReadonlyMap<string, Item | undefined>>
  /** The name under which an item says what one that is not stored says too; undefined where there is none. */
  readonly nameOf: (item: Item) => string | undefined
  /** Whether what is not stored stands by itself, and not at a place among what is. Only then is it told to who comes later. */
  readonly liveStands: boolean
  /** Whether what is not stored is still true, where that ends by itself. @default it is */
  readonly isLive?: () => boolean
  /** Stored items are read at most so often, in milliseconds. */
  readonly storedInterval: number
  /** What is not stored is read at most so often, in milliseconds. */
  readonly liveInterval: number
}
