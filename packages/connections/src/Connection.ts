import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { BoundedRequest, stopParsing } from './BoundedRequest.js'

/** What is known of one connection. */
export class Connection {
  /** Whom it serves, while it does. */
  address: string | undefined
  /** Requests that wait for the answer before theirs. */
  readonly line: ((isThere: boolean) => void)[] = []
  /** What is being answered. */
  readonly responses = new Set<ServerResponse>()
  isUpgraded = false
  /** Nothing more is taken of it. */
  isCut = false
  /** Looks since that. */
  cutLooks = 0
  /** At how many looks more has been held for its reader, who took none of it. */
  stalled = 0
  /** Looks since the newest request had brought enough. */
  arriving = 0
  /** The newest request, which may still be arriving. */
  #request: IncomingMessage | undefined
  #turn = 0
  /** Requests that have come in this turn of the event loop. */
  #inTurn = 0
  #taken = 0
  #arrived = 0

  constructor(readonly socket: Socket) {}

  get isIdle(): boolean {
    return this.responses.size === 0 && !this.isUpgraded
  }

  /** Whether it makes room where all are in use. */
  get isSpare(): boolean {
    return this.isIdle || this.isCut
  }

  get isUnanswered(): boolean {
    return [...this.responses].every(({ headersSent }) => !headersSent)
  }

  get unreadBytes(): number {
    return Math.max(this.socket.writableLength, ...[...this.responses].map(({ writableLength }) => writableLength))
  }

  /** Counts a request, and returns how many have come in the same turn of the event loop. */
  count(turn: number): number {
    this.#inTurn = turn === this.#turn ? this.#inTurn + 1 : 1
    this.#turn = turn
    return this.#inTurn
  }

  /** Its next request is answered from now on. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    this.#request = request
    this.responses.add(response)
    this.arriving = 0
    this.#arrived = this.socket.bytesRead
  }

  /**
   * Takes nothing more of it, answers no more than what is being answered, and leaves it open: one that is ended is back at once, with as much. Of a request whose
   * class cannot stop the parser it is ended.
   */
  cut(request: IncomingMessage): void {
    this.isCut = true
    for (const tell of this.line.splice(0)) tell(false)
    if (!(request instanceof BoundedRequest)) {
      this.socket.destroy()
      return
    }
    stopParsing(this.socket)
    this.socket.pause()
  }

  /**
   * Tells answers that waited behind another that their connection is closed. Node tells those alone that it was sending; what waits for the end of one, to give back
   * what it holds, would wait for ever.
   */
  closeUnsent(): void {
    for (const response of this.responses) {
      if (response.socket === null && !response.closed) response.destroy().emit('close')
    }
  }

  /** @param enough Bytes that a request has to bring. */
  look(enough: number): void {
    if (this.isCut) this.cutLooks++
    const taken = this.socket.bytesWritten - this.socket.writableLength
    this.stalled = this.unreadBytes > 0 && taken === this.#taken ? this.stalled + 1 : 0
    this.#taken = taken
    const request = this.#request
    // What came and was not read by us yet is no fault of the sender; how fast an archive has to come the API knows.
    const isArriving = request !== undefined && !request.complete && !request.url?.startsWith('/archives')
    if (!isArriving || request.readableLength > 0 || this.socket.bytesRead - this.#arrived >= enough) {
      this.arriving = 0
      this.#arrived = this.socket.bytesRead
    } else this.arriving++
  }
}
