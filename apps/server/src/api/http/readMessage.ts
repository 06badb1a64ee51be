import { CloseCode } from 'graphql-ws'

/** Bytes of a message that asks for no operation: it has a type, an id, or some words to be sent back. */
export const MOST_SMALL_BYTES = 4096
/** Characters of the name that a client gives an operation; it comes back with every answer. */
const MOST_ID_CHARACTERS = 128
/** Bytes of a message in which its type comes before everything that may be long. */
const HEAD_BYTES = 1024
/** A type that comes first, or behind an id alone, as clients write it. */
const typeFirst = /^\s*\{\s*(?:"id"\s*:\s*"[^"\\]*"\s*,\s*)?"type"\s*:\s*"([^"\\]*)"/
/** Message too big, as https://www.iana.org/assignments/websocket names it. */
const TOO_BIG = 1009

/** Why a socket is closed over a message. */
export interface MessageRefusal {
  readonly code: number
  readonly reason: string
}

/** A message as graphql-ws takes it, which looks at the rest of it. */
export interface ReadMessage {
  readonly message: object
}

/** Tells of a large message, without reading it, that it asks for no operation; undefined where that shows only once it is parsed. */
export function refusalOfLarge(message: Buffer): MessageRefusal | undefined {
  const type = typeFirst.exec(message.toString('latin1', 0, HEAD_BYTES))?.[1]
  return type === undefined ? undefined : refusalOfSize(type, message.length)
}

/** Parses a message, and tells why it is not handled: it is none, its id is too long, or it is large and asks for no operation. */
export function readMessage(bytes: Buffer): ReadMessage | MessageRefusal {
  let message: unknown
  try {
    message = JSON.parse(String(bytes))
  } catch {
    return { code: CloseCode.BadRequest, reason: 'Invalid message received' }
  }
  if (typeof message !== 'object' || message === null) return { code: CloseCode.BadRequest, reason: 'Invalid message received' }
  const { type, id } = message as { readonly type?: unknown; readonly id?: unknown }
  if (typeof id === 'string' && id.length > MOST_ID_CHARACTERS) {
    return { code: CloseCode.BadRequest, reason: `id: expected at most ${MOST_ID_CHARACTERS} characters, got ${id.length}.` }
  }
  return refusalOfSize(type, bytes.length) ?? { message }
}

function refusalOfSize(type: unknown, bytes: number): MessageRefusal | undefined {
  if (type === 'subscribe' || bytes <= MOST_SMALL_BYTES) return undefined
  const reason = `Expected at most ${MOST_SMALL_BYTES} bytes of a message that is no subscribe, got ${bytes}.`
  return { code: TOO_BIG, reason }
}
