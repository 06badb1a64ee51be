/** Long enough to cost nothing beside the work between, short enough that a message or a timer hardly waits. */
const MOST_MILLISECONDS = 4

/** Lets whatever else waits in the event loop have its turn, now and then, between pieces of work that would never leave it one. */
export class Turns {
  #last = performance.now()

  /** Resolves at once, or after a turn of the event loop where the last one was 4 ms ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#last < MOST_MILLISECONDS) return
    await nextTurn()
    this.#last = performance.now()
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else afterMessage(resolve)
  })
}

/** In a page a message to oneself comes at once, where a timer waits for four milliseconds. */
function afterMessage(resolve: () => void): void {
  // TypeScript declares the ports of pages in the library of browsers only.
  const { port1, port2 } = new MessageChannel() as unknown as Record<'port1' | 'port2', Port>
  port1.onmessage = () => {
    port1.close()
    resolve()
  }
  port2.postMessage(undefined)
}

interface Port {
  onmessage: () => void
  postMessage(message: undefined): void
  close(): void
}
