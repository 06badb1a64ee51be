/** Partitions items: each is a set of its own until it is joined with another. */
export class DisjointSets<Item> {
  readonly #parents = new Map<Item, Item>()

  /** The item that stands for the whole set of `item`. */
  find(item: Item): Item {
    const parent = this.#parents.get(item)
    if (parent === undefined) return item
    const root = this.find(parent)
    this.#parents.set(item, root)
    return root
  }

  join(a: Item, b: Item): void {
    const [rootA, rootB] = [this.find(a), this.find(b)]
    if (rootA !== rootB) this.#parents.set(rootA, rootB)
  }
}
