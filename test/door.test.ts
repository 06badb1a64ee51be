import { request } from 'node:http'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startLab } from './harness/lab.mjs'

it('a lab on all addresses answers under its own and the allowed names only, through the dashboard too', async () => {
  await using lab = await startLab({ env: { HOURGLASS_HOST: '0.0.0.0', HOURGLASS_OPEN: '1', HOURGLASS_ALLOWED_HOSTS: 'lab.example.org' } })
  const { port } = new URL(lab.url)
  for (const [name, status, upgrade] of [
    ['localhost', 200, 101],
    ['192.0.2.7', 200, 101],
    ['lab.example.org', 200, 101],
    ['evil.example', 403, 403],
  ] as const) {
    const host = `${name}:${port}`
    expect(await ask(lab.url, host), host).toBe(status)
    expect(await ask(lab.apiUrl, host), host).toBe(status)
    expect(await open(lab.url, host), host).toBe(upgrade)
    expect(await open(lab.apiUrl, host), host).toBe(upgrade)
  }
})

/** Sends a query as a page under that host would, and returns the HTTP status. */
function ask(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      `${url}/graphql`,
      { method: 'POST', headers: { host, origin: `http://${host}`, 'content-type': 'application/json' } },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      },
    )
      .on('error', reject)
      .end('{"query":"{ lab { version } }"}')
  })
}

/** Opens a socket as such a page would, and returns the HTTP status. */
function open(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { host, origin: `http://${host}` },
    })
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.on('error', reject)
    socket.on('open', () => socket.terminate())
  })
}
