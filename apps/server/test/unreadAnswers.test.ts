import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { frame, isUp, MEGABYTE, memory, open, openSocket } from './rawClients.js'
import { server, useServer } from './useServer.js'

// A server of its own: one that was flooded in other ways before grows by two or three times as much.
useServer({ HOURGLASS_OUTPUT_MEGABYTES: '64', HOURGLASS_CLIENT_LIMITS: '1000' })

describe('a client that reads none of its answers', () => {
  it('is ended before its answers fill the memory, and who reads is answered meanwhile', async () => {
    const before = await memory()
    const large = getIntrospectionQuery()
    const sockets = await Promise.all(Array.from({ length: 60 }, openSocket))
    for (const socket of sockets) {
      const operations = Array.from({ length: 90 }, (_, id) =>
        frame(1, Buffer.from(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query: large } }))),
      )
      socket.write(Buffer.concat(operations))
    }
    const body = JSON.stringify({ query: large })
    const request = `POST /graphql HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const askers = await Promise.all(Array.from({ length: 100 }, open))
    for (const asker of askers) {
      asker.pause()
      asker.write(request.repeat(20))
    }
    const dropped = () => server.logLines.filter(({ msg }) => msg === 'reader dropped').length
    await expect.poll(dropped).toBeGreaterThan(0)
    expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
    const grown = (await memory()) - before
    for (const socket of [...sockets, ...askers]) socket.destroy()
    expect(grown).toBeLessThan(700 * MEGABYTE)
    expect(await isUp()).toBe(true)
  })

  it('is a matter of its own: a slow reader still gets everything', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    const answers: string[] = []
    socket.on('message', (data) => answers.push((JSON.parse(String(data)) as { type: string }).type))
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    for (let id = 0; id < 40; id++) {
      socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query: getIntrospectionQuery() } }))
      if (id % 10 === 0) {
        socket.pause()
        await sleep(100)
        socket.resume()
      }
    }
    await expect.poll(() => answers.filter((type) => type === 'next').length).toBe(40)
    socket.close()
  })
})
