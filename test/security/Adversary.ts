import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hostile } from './hostileRequests.js'

/** How long an answer is waited for, in milliseconds: longer than the server leaves anybody waiting. */
const PATIENCE = 60_000
/** How long somebody is watched of whom the server may expect more. */
const UNFINISHED = 1_500

export interface Answer {
  /** Everything that came, as text. */
  readonly text: string
  readonly isClosed: boolean
}

/** Writes what no well-behaved client would, on connections of its own. */
export class Adversary {
  readonly #port: number
  readonly #host: string

  constructor(url: string) {
    const { port, host } = new URL(url)
    this.#port = Number(port)
    this.#host = host
  }

  /** Sends it on a new connection, and gives what is answered. */
  async request(hostile: Hostile): Promise<Answer> {
    return this.#attack(await this.#open(), hostile)
  }

  /** Sends it on a WebSocket that the server has just accepted. */
  async speak(hostile: Hostile): Promise<Answer> {
    const socket = await this.#open()
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${this.#host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    )
    const [answer] = (await once(socket, 'data')) as [Buffer]
    if (!String(answer).startsWith('HTTP/1.1 101')) throw new Error(`expected to be let in, got ${answer}`)
    return this.#attack(socket, hostile)
  }

  async #open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', allowHalfOpen: true })
    // That it is reset is an answer.
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return socket
  }

  async #attack(socket: Socket, { chunks, after = 'stay', isUnfinished = false }: Hostile): Promise<Answer> {
    let text = ''
    let isClosed = false
    const heard = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        if (text.length < 1_000_000) text += chunk.toString('latin1')
        resolve()
      })
      const close = () => {
        isClosed = true
        resolve()
      }
      socket.on('end', close)
      socket.on('close', close)
    })
    for (const chunk of chunks) {
      if (socket.destroyed) break
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close'), sleep(2000)]).catch(() => undefined)
      await sleep(0)
    }
    if (after === 'reset') socket.resetAndDestroy()
    if (after === 'end') socket.end()
    await Promise.race([heard, sleep(isUnfinished ? UNFINISHED : PATIENCE)])
    // What follows at once belongs to it.
    await sleep(50)
    socket.destroy()
    return { text, isClosed }
  }
}
