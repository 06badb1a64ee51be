import { once, setMaxListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { server } from './useServer.js'

export const MEGABYTE = 1024 ** 2

/** Memory that the server's process holds, in bytes. */
export async function memory(): Promise<number> {
  const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8')
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
}

export async function isUp(): Promise<boolean> {
  const { status } = await fetch(`${server.url}/health`)
  return status === 200 && server.process.exitCode === null
}

/** A plain TCP connection to the server, whose reset is nobody's failure here. */
export async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

export function upgrade(path: string, headers: Record<string, string> = {}): string {
  const lines = {
    Host: new URL(server.url).host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': 'graphql-transport-ws',
    ...headers,
  }
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\n${text.join('')}\r\n`
}

/** A frame as a client sends it, masked with zeros. */
export function frame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length < 126 ? Buffer.from([0x80 | payload.length]) : Buffer.alloc(9)
  if (payload.length >= 126) {
    length[0] = 0x80 | 127
    length.writeBigUInt64BE(BigInt(payload.length), 1)
  }
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), payload])
}

/** A socket of GraphQL that was opened and is not read from then on. */
export async function openSocket(headers: Record<string, string> = {}): Promise<Socket> {
  const socket = await open()
  socket.write(upgrade('/graphql', headers))
  await once(socket, 'data')
  socket.write(frame(1, Buffer.from('{"type":"connection_init"}')))
  await once(socket, 'data', { signal: AbortSignal.timeout(240_000) })
  socket.pause()
  return socket
}

/**
 * Has floods go on while somebody else asks for something, again and again.
 * @returns How long each answer took, in milliseconds.
 */
export async function waitsBeside(begin: (stop: AbortSignal) => Promise<void>[], questions: number): Promise<number[]> {
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const floods = begin(stop.signal)
  const waits: number[] = []
  try {
    await sleep(500)
    for (let asked = 0; asked < questions; asked++) {
      const started = performance.now()
      const { errors } = await server.query('{ lab { version } }')
      if (errors) throw new Error(JSON.stringify(errors))
      waits.push(performance.now() - started)
    }
  } finally {
    stop.abort()
    await Promise.all(floods)
  }
  return waits
}
