import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../src/api/http/refusalOf.js'

const rebound = { host: 'evil.example:4000', origin: 'http://evil.example:4000' }

describe('a request', () => {
  it.each([
    ['of a tool', { host: '127.0.0.1:4000' }, '127.0.0.1'],
    ['of a page of localhost', { host: 'localhost:4000', origin: 'http://localhost:4000' }, '127.0.0.1'],
    ['of a page of IPv6 loopback', { host: '[::1]:4000', origin: 'http://[::1]:4000' }, '::1'],
    ['through the proxy', { host: '127.0.0.1:4000', 'x-forwarded-host': 'localhost:3000', origin: 'http://localhost:3000' }, '127.0.0.1'],
    ['to the name that it listens on', { host: 'lab.lan:4000', origin: 'http://lab.lan:4000' }, 'Lab.lan'],
    ['to an address where it listens on all', { host: '192.168.1.7:4000', origin: 'http://192.168.1.7:4000' }, '0.0.0.0'],
    ['to an IPv6 address where it listens on all', { host: '[fd00::7]:4000', origin: 'http://[fd00::7]:4000' }, '::'],
    ['to the name of the machine where it listens on all addresses', { host: `${hostname()}:4000` }, '0.0.0.0'],
    ['to the name of the machine in its local network', { host: `${hostname()}.local:4000` }, '::'],
  ])('is answered: %s', (_, headers, host) => {
    expect(refusalOf({ headers } as unknown as IncomingMessage, { host, allowedHosts: [] })).toBeUndefined()
  })

  it.each([
    ['of a container to another', { host: 'api:4000', 'x-forwarded-host': 'localhost:3000', origin: 'http://localhost:3000' }, ['api']],
    ['to a name that is allowed', { host: 'Lab.example.org', origin: 'https://lab.example.org' }, ['api', 'lab.example.org']],
    ['to any name where any is allowed', rebound, ['*']],
  ])('is answered as the settings say: %s', (_, headers, allowedHosts) => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      expect(refusalOf({ headers } as unknown as IncomingMessage, { host, allowedHosts })).toBeUndefined()
      expect(refusalOf({ headers } as unknown as IncomingMessage, { host, allowedHosts: ['other'] })).toMatchObject({
        code: 'FORBIDDEN_HOST',
      })
    }
  })

  it.each([
    ['of a page whose name was bound to this machine', rebound, '127.0.0.1', 'FORBIDDEN_HOST'],
    [
      'of such a page through the proxy',
      { ...rebound, host: '127.0.0.1:4000', 'x-forwarded-host': rebound.host },
      '127.0.0.1',
      'FORBIDDEN_HOST',
    ],
    ['of such a page where it listens on all addresses', rebound, '0.0.0.0', 'FORBIDDEN_HOST'],
    ['of such a page that sends no Origin', { host: rebound.host }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['to a name that only begins like a loopback address', { host: '127.0.0.1.evil.example' }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['to a host that is none', { host: 'a b' }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['across sites', { host: 'localhost:4000', origin: 'https://example.com' }, '127.0.0.1', 'FORBIDDEN_ORIGIN'],
    ['across ports', { host: 'localhost:4000', origin: 'http://localhost:5000' }, '0.0.0.0', 'FORBIDDEN_ORIGIN'],
    ['of a page without a site', { host: 'localhost:4000', origin: 'null' }, '0.0.0.0', 'FORBIDDEN_ORIGIN'],
  ])('is refused: %s', (_, headers, host, code) => {
    expect(refusalOf({ headers } as unknown as IncomingMessage, { host, allowedHosts: [] })).toMatchObject({ code })
  })
})
