import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql'

/** Writes the events of a stream for one subscriber, and sends them. */
export interface EventOutlet {
  /** What a subscriber is told of an event, in JSON. */
  readonly write: (event: object) => Promise<Buffer>
  /** Sends it; resolves once the subscriber's connection has taken it. */
  readonly send: (result: Buffer) => Promise<void>
  /** Told of each event that was sent. */
  readonly sent: (event: object) => void
  /** Lets others have their turn, where that is due. */
  readonly pause: () => Promise<void> | undefined
}

/**
 * Subscribes, and sends each event itself when whoever serves the subscription iterates over it: what it would send is written once for many, so there is
 * nothing left for it to execute or to write. It is told of the end, or of what went wrong. The next event is read when the last one was sent.
 */
export async function streamEvents(args: ExecutionArgs, outlet: EventOutlet): Promise<AsyncGenerator<never, void> | ExecutionResult> {
  const events = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in events)) return events
  const reader = events[Symbol.asyncIterator]()
  const sending: AsyncGenerator<never, void> = {
    next: () => sendAll(reader, outlet),
    return: async () => {
      await reader.return?.()
      return { done: true, value: undefined }
    },
    throw: async (error) => {
      await reader.return?.()
      throw error
    },
    [Symbol.asyncIterator]: () => sending,
  }
  return sending
}

async function sendAll(reader: AsyncIterator<unknown>, { write, send, sent, pause }: EventOutlet): Promise<IteratorReturnResult<void>> {
  try {
    for (;;) {
      const next = await reader.next()
      if (next.done) return { done: true, value: undefined }
      const event = next.value as object
      await send(await write(event))
      sent(event)
      for (let pausing = pause(); pausing; pausing = pause()) await pausing
    }
  } catch (error) {
    await reader.return?.()
    throw error
  }
}
