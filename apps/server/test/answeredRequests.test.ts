import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { expect, it } from 'vitest'
import { boundArrival } from '../src/api/http/boundArrival.js'
import { collectGarbage } from './collectGarbage.js'

it('a request that has come whole and is answered is held by nothing', async () => {
  const responses: WeakRef<object>[] = []
  const app = express()
    .use((_, response, next) => {
      responses.push(new WeakRef(response))
      next()
    })
    .use(boundArrival({ seconds: 60, silence: 20 }))
    .use(express.text())
    .use(async (request, response) => {
      await sleep(20)
      response.send(String(request.body))
    })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ask = async () => {
    const before = responses.length
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: 4\r\n\r\n')
    // It is begun before all of it is there.
    await expect.poll(() => responses.length).toBe(before + 1)
    socket.write('body')
    await once(socket.resume(), 'close')
  }
  try {
    for (let time = 0; time < 10; time++) await ask()
    const held = async () => {
      await collectGarbage()
      return responses.filter((response) => response.deref()).length
    }
    // Node itself holds the last.
    await expect.poll(held, { timeout: 20_000 }).toBeLessThanOrEqual(2)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
