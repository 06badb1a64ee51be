import type { ModelReply, ModelRequest } from './modelProtocol'
import { readReply } from './modelProtocol'

/** The page's end of what computes with models. */
export interface ModelConnection {
  send(request: ModelRequest, transfer: readonly Transferable[]): void
  end(): void
}

export interface ModelListener {
  readonly onReply: (reply: ModelReply) => void
  /** Nothing more will come. */
  readonly onLost: (reason: string) => void
}

/** Starts a Web Worker, or, where there are none (Node), answers calls in this thread by the same messages. */
export function connectModels(listener: ModelListener): ModelConnection {
  return typeof Worker === 'undefined' ? connectHere(listener) : connectWorker(listener)
}

function connectWorker({ onReply, onLost }: ModelListener): ModelConnection {
  const name = `models-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
  const worker = new Worker(new URL('./modelWorker.ts', import.meta.url), { type: 'module', name })
  // After a key was pressed Chromium holds a worker's messages back until a frame is drawn, but not a channel's: an image that follows a key by a
  // millisecond would else be drawn a frame late.
  const ahead = new BroadcastChannel(name)
  ahead.onmessage = ({ data }) => onReply(readReply(data))
  worker.onmessage = ({ data }) => onReply(readReply(data))
  worker.onmessageerror = () => onLost('a message that cannot be read')
  // A script that does not load has no message.
  worker.onerror = ({ message }) => onLost(message || 'a script that does not load')
  return {
    send: (request, transfer) => worker.postMessage(request, { transfer: [...transfer] }),
    end: () => {
      worker.terminate()
      ahead.close()
    },
  }
}

function connectHere({ onReply, onLost }: ModelListener): ModelConnection {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => onReply(readReply(data))
  // The channel keeps what is sent until somebody listens.
  import('./serveModels').then(
    ({ serveModels }) => serveModels(port2),
    (error: unknown) => onLost(String(error)),
  )
  return {
    send: (request, transfer) => port1.postMessage(request, { transfer: [...transfer] }),
    end: () => port1.close(),
  }
}
