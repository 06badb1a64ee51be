export interface CodeChange {
  /** Dimension that changed, or null when the whole code did. */
  readonly index: number | null
  /** When the reader's input happened, on the clock of `performance.now()`. */
  readonly at: number
}

/** A code that changes many times a second: listeners are told, nothing is copied, React does not render. */
export interface CodeStore {
  /** The live code; do not write to it. */
  readonly values: Float32Array
  set(index: number, value: number, at?: number): void
  replace(values: ArrayLike<number>, at?: number): void
  /** Ends a movement: what was set since the last one is one step. */
  settle(): void
  subscribe(listener: (change: CodeChange) => void): () => void
  /** Tells of each end of a movement. */
  onSettled(listener: () => void): () => void
}

/** Creates a store that starts at a copy of the given code. */
export function createCodeStore(initial: ArrayLike<number>): CodeStore {
  const values = Float32Array.from(initial)
  const listeners = new Set<(change: CodeChange) => void>()
  const settled = new Set<() => void>()
  const notify = (change: CodeChange) => {
    for (const listener of listeners) listener(change)
  }
  return {
    values,
    set(index, value, at = performance.now()) {
      if (index < 0 || index >= values.length || !Number.isFinite(value)) return
      values[index] = value
      notify({ index, at })
    },
    replace(next, at = performance.now()) {
      if (next.length !== values.length) {
        throw new RangeError(`code: expected ${values.length} dimensions, got ${next.length}`)
      }
      values.set(next)
      notify({ index: null, at })
    },
    settle() {
      for (const listener of settled) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onSettled(listener) {
      settled.add(listener)
      return () => settled.delete(listener)
    },
  }
}
