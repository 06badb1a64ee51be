import { request } from 'node:http'
import type { NetworkInterfaceInfo } from 'node:os'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { describeReach } from '../scripts/describeReach.mjs'
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
    for (const path of ['/', '/chapter', '/_next/static/nothing.js', '/health/dashboard'])
      expect((await get(`${lab.url}${path}`, host)) === 403, `${host}${path}`).toBe(status === 403)
    expect(await open(lab.url, host), host).toBe(upgrade)
    expect(await open(lab.apiUrl, host), host).toBe(upgrade)
  }
  // The chapter is read without scripts.
  await expect.poll(async () => (await fetch(`${lab.url}/chapter`)).text()).toContain('This lab is open to its network')
  await expect
    .poll(() => lab.output())
    .toContain('Everybody on the network can use, stop and delete what is in this lab: there is no sign-in.')
})

it('a start says where others find a lab that they can use, and nothing of one that they cannot', () => {
  const address = (text: string, more = {}) => ({ address: text, family: 'IPv4', internal: false, ...more }) as NetworkInterfaceInfo
  const interfaces = {
    lo: [address('127.0.0.1', { internal: true })],
    eth0: [address('192.0.2.7'), address('2001:db8::7', { family: 'IPv6' }), address('fe80::7', { family: 'IPv6' })],
  }
  const reach = (host: string, found: NodeJS.Dict<NetworkInterfaceInfo[]> = interfaces) => describeReach({ host, port: 3000 }, found)
  for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) expect(reach(host)).toBeUndefined()
  expect(reach('0.0.0.0')).toMatch(/there is no sign-in\. Others open http:\/\/192\.0\.2\.7:3000\.$/)
  expect(reach('::')).toMatch(/Others open http:\/\/192\.0\.2\.7:3000 or http:\/\/\[2001:db8::7\]:3000\.$/)
  expect(reach('lab.example.org')).toContain('Others open http://lab.example.org:3000.')
  expect(reach('0.0.0.0', {})).toContain('This machine has no address in a network just now.')
})

/** Asks for a page under that host, and returns the HTTP status. */
function get(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { host, accept: 'text/html', connection: 'close' } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    asking.on('error', reject).end()
  })
}

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
