import { createServer, connect as open, type Socket } from 'node:net'
import { freePort } from './freePort.mjs'

export interface CuttableProxy extends AsyncDisposable {
  readonly url: string
  /** Breaks every connection, as a cable that is pulled, and lets none through. */
  cut(): void
  /** Lets nothing through any more and closes nothing: who is connected, or connects, waits. Connections of that time stay dead. */
  silence(): void
  /** Lets connections through again. */
  mend(): void
}

/** Stands between a browser and a lab, at an address of its own. */
export async function startCuttableProxy(labUrl: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(labUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  let isSilent = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // What is broken on purpose is no failure of the test.
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((near) => {
    keep(near)
    if (isCut) {
      near.destroy()
      return
    }
    if (isSilent) return
    const far = open({ host: hostname, port: Number(port) })
    keep(far)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const own = await freePort()
  await new Promise<void>((resolve) => server.listen(own, 'localhost', resolve))
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://localhost:${own}`,
    cut: () => {
      isCut = true
      breakAll()
    },
    silence: () => {
      isSilent = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    mend: () => {
      isCut = isSilent = false
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      breakAll()
      await closed
    },
  }
}
