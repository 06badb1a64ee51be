/**
 * Makes a generator that can be returned from while it waits. A plain async generator queues `return()` behind the promise it awaits, so a
 * subscriber that leaves would stay until the next event; this one aborts the signal that the generator waits with. `left` is called when it is
 * returned from, also where nobody has begun to read it, whose `finally` would not run.
 */
export function abortable<Item>(
  generate: (signal: AbortSignal) => AsyncGenerator<Item, void>,
  left: () => void = () => undefined,
): AsyncGenerator<Item, void> {
  const controller = new AbortController()
  const generator = generate(controller.signal)
  const leave = generator.return.bind(generator)
  generator.return = (value) => {
    controller.abort()
    left()
    return leave(value)
  }
  return generator
}
