import type { Socket } from 'node:net'
import type { RawData } from 'ws'
import type { Client } from '../../clients/Client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Log } from '../../log.js'
import { closeReason } from './closeReason.js'
import type { Doors } from './Doors.js'
import type { PacedSocket } from './PacedSocket.js'
import { type MessageRefusal, type ReadMessage, readMessage, refusalOfLarge } from './readMessage.js'

/** What every socket may bring uncounted, in bytes: as much is read ahead in any case, and there are only so many sockets. */
const SMALL_BYTES = 64 * 1024
/** So many messages are counted at a time. */
const COUNTED = 100
/** The head of a control frame, in bytes. */
const CONTROL_HEAD = 6
/** Try again later, as https://www.iana.org/assignments/websocket names it. */
const TRY_AGAIN_LATER = 1013
/** How long a client that brings too much may take to hear so, in milliseconds. */
const LONGEST_GOODBYE = 2_000

/** Handles a message that is parsed; of its work, all but what it waits for is done before it returns. */
export type HandleMessage = (message: object, bytes: number) => Promise<void>

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
 * the client's. Those that ask for operations may be large, and are parsed as large bodies of requests are; a large one of any other kind is not handled. Who
 * brings too much at a time is told to come back, and ended.
 */
export class SocketMessages {
  readonly #socket: PacedSocket
  readonly #client: Client
  readonly #doors: Doors
  readonly #log: Log
  readonly #handle: HandleMessage
  readonly #left = new AbortController()
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
      this.#left.abort(new HourglassError(errorCodes.operationCancelled, 'The client left.'))
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
      try {
        if (next.length <= SMALL_BYTES) {
          await this.#doors.messages.do(this.#client, async () => {
            if (this.#isOpen) this.#handleRead(readMessage(next), next)
          })
        } else await this.#handleLarge(next)
      } catch (error) {
        this.#refuse(error)
      }
      if (this.#waiting[0] === next) this.#takeOut(next)
    }
    this.#isHandling = false
  }

  /** Parses what keeps the process to itself for a while in a turn for that, where its client has any left. */
  async #handleLarge(message: Buffer): Promise<void> {
    const refusal = refusalOfLarge(message)
    if (refusal) {
      this.#end(refusal)
      return
    }
    const { gate, operations } = this.#doors
    await gate.requireLeft(this.#client)
    await operations.alone(
      this.#client,
      () => {
        if (this.#isOpen) this.#handleRead(readMessage(message), message)
      },
      this.#left.signal,
    )
  }

  #handleRead(read: ReadMessage | MessageRefusal, bytes: Buffer): void {
    if (!('message' in read)) {
      this.#end(read)
      return
    }
    // Counted by whoever handles it from here on.
    this.#takeOut(bytes)
    void this.#handle(read.message, bytes.length)
  }

  #takeOut(message: Buffer): void {
    this.#waiting.shift()
    this.#waitingBytes -= message.length
    this.#socket.waitingMessages = this.#waiting.length
    this.#count()
  }

  get #isOpen(): boolean {
    return this.#waiting.length > 0 && this.#socket.readyState === this.#socket.OPEN
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
    // Who has left hears nothing.
    if (this.#left.signal.aborted) return
    this.#doors.refusals.note(this.#client, error, this.#log)
    this.#end({ code: TRY_AGAIN_LATER, reason: error.message })
  }

  #end({ code, reason }: MessageRefusal): void {
    this.#waiting = []
    this.#waitingBytes = 0
    this.#socket.close(code, closeReason(reason))
    this.#socket.stopHearing()
    const ending = setTimeout(() => this.#socket.terminate(), LONGEST_GOODBYE)
    this.#socket.once('close', () => clearTimeout(ending))
    this.#count()
  }
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
