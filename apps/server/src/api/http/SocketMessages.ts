import type { Socket } from 'node:net'
import type { RawData } from 'ws'
import type { Client } from '../../clients/Client.js'
import { HourglassError } from '../../HourglassError.js'
import type { Log } from '../../log.js'
import type { Doors } from './Doors.js'
import type { PacedSocket } from './PacedSocket.js'

/** What every socket may bring uncounted, in bytes: as much is read ahead in any case, and there are only so many sockets. */
const SMALL_BYTES = 64 * 1024
/** So many messages are counted at a time. */
const COUNTED = 100
/** The head of a control frame, in bytes. */
const CONTROL_HEAD = 6
/** Try again later, as https://www.iana.org/assignments/websocket names it. */
const TRY_AGAIN_LATER = 1013
/** Longest reason of an end, in bytes, as of https://www.rfc-editor.org/rfc/rfc6455#section-5.5; ours are ASCII. */
const LONGEST_REASON = 123
/** How long a client that brings too much may take to hear so, in milliseconds. */
const LONGEST_GOODBYE = 2_000

/** Handles a message; of its work, all but what it waits for is done before it returns. */
export type HandleMessage = (text: string, bytes: number) => Promise<void>

export interface SocketMessagesOptions {
  readonly socket: PacedSocket
  /** Below the WebSocket. */
  readonly connection: Socket
  readonly client: Client
  readonly doors: Doors
  /** Names the client in its lines. */
  readonly log: Log
}

/**
 * The messages of one socket: each is handled when it is its client's turn, one after another, and what has come of one, and of those that wait, counts as
 * the client's. Who brings too much at a time is told to come back, and ended.
 */
export class SocketMessages {
  readonly #socket: PacedSocket
  readonly #client: Client
  readonly #doors: Doors
  readonly #log: Log
  readonly #handle: HandleMessage
  #waiting: Buffer[] = []
  #isHandling = false
  #uncounted = 0
  /** Of a message that is not whole. */
  #arrivedBytes = 0
  #waitingBytes = 0
  #held: { readonly bytes: number; readonly release: () => void } | undefined

  constructor({ socket, connection, client, doors, log }: SocketMessagesOptions, handle: HandleMessage) {
    this.#socket = socket
    this.#client = client
    this.#doors = doors
    this.#log = log
    this.#handle = handle
    const arrive = (bytes: number) => {
      this.#arrivedBytes = Math.max(0, this.#arrivedBytes + bytes)
      this.#count()
    }
    const arriveChunk = (chunk: Buffer) => arrive(chunk.length)
    const leaveOut = (payload: Buffer) => arrive(-payload.length - CONTROL_HEAD)
    connection.on('data', arriveChunk)
    socket.on('ping', leaveOut)
    socket.on('pong', leaveOut)
    socket.on('message', (data) => this.#take(asBuffer(data)))
    socket.once('close', () => {
      connection.off('data', arriveChunk)
      this.#waiting = []
      this.#held?.release()
    })
  }

  #take(message: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#arrivedBytes = 0
    this.#waitingBytes += message.length
    this.#waiting.push(message)
    this.#socket.waitingMessages = this.#waiting.length
    this.#count()
    if (++this.#uncounted >= COUNTED) void this.#admit()
    if (!this.#isHandling) void this.#handleAll()
  }

  async #admit(): Promise<void> {
    const count = this.#uncounted
    this.#uncounted = 0
    try {
      await this.#doors.gate.admitMessages(this.#client, count)
    } catch (error) {
      this.#refuse(error)
    }
  }

  async #handleAll(): Promise<void> {
    this.#isHandling = true
    for (let message = this.#waiting[0]; message; message = this.#waiting[0]) {
      const next = message
      await this.#doors.messages.do(this.#client, async () => {
        if (this.#waiting.length > 0) void this.#handle(String(next), next.length)
      })
      this.#waiting.shift()
      this.#waitingBytes -= next.length
      this.#socket.waitingMessages = this.#waiting.length
      this.#count()
    }
    this.#isHandling = false
  }

  /** Counts what is here as the client's; ends the socket where that is too much. */
  #count(): void {
    const bytes = this.#arrivedBytes + this.#waitingBytes
    const counted = bytes > SMALL_BYTES ? Math.ceil(bytes / SMALL_BYTES) * SMALL_BYTES : 0
    if (counted === (this.#held?.bytes ?? 0)) return
    this.#held?.release()
    this.#held = undefined
    if (counted === 0 || this.#socket.readyState !== this.#socket.OPEN) return
    try {
      this.#held = { bytes: counted, release: this.#doors.gate.hold(this.#client, 'inputBytes', counted) }
    } catch (error) {
      this.#refuse(error)
    }
  }

  #refuse(error: unknown): void {
    if (!(error instanceof HourglassError)) throw error
    this.#doors.refusals.note(this.#client, error, this.#log)
    this.#waiting = []
    this.#socket.close(TRY_AGAIN_LATER, error.message.slice(0, LONGEST_REASON))
    this.#socket.stopHearing()
    const ending = setTimeout(() => this.#socket.terminate(), LONGEST_GOODBYE)
    this.#socket.once('close', () => clearTimeout(ending))
  }
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
