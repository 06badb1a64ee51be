import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../src/http/refusalOf.js'

const rebound = { host: 'evil.example:4000', origin: 'http://evil.example:4000' }

describe('a request', () => {
  it.each([
    ['of a tool', { host: '127.0.0.1:4000' }, '127.0.0.1'],
    ['of a page of localhost', { host: 'localhost:4000', origin: 'http://localhost:4000' }, '127.0.0.1'],
    ['of a page of IPv6 loopback', { host: '[::1]:4000', origin: 'http://[::1]:4000' }, '::1'],
    ['through the proxy', { host: '127.0.0.1:4000', 'x-forwarded-host': 'localhost:3000', origin: 'http://localhost:3000' }, '127.0.0.1'],
    ['to the name that it listens on', { host: 'lab.lan:4000', origin: 'http://lab.lan:4000' }, 'Lab.lan'],
    ['of a container to another', { host: 'api:4000', 'x-forwarded-host': 'localhost:3000', origin: 'http://localhost:3000' }, '0.0.0.0'],
    ['to any name where it listens on all addresses', rebound, '::'],
  ])('is answered: %s', (_, headers, listensOn) => {
    expect(refusalOf({ headers } as unknown as IncomingMessage, listensOn)).toBeUndefined()
  })

  it.each([
    ['of a page whose name was bound to this machine', rebound, '127.0.0.1', 'FORBIDDEN_HOST'],
    [
      'of such a page through the proxy',
      { ...rebound, host: '127.0.0.1:4000', 'x-forwarded-host': rebound.host },
      '127.0.0.1',
      'FORBIDDEN_HOST',
    ],
    ['of such a page that sends no Origin', { host: rebound.host }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['to a name that only begins like a loopback address', { host: '127.0.0.1.evil.example' }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['to a host that is none', { host: 'a b' }, '127.0.0.1', 'FORBIDDEN_HOST'],
    ['across sites', { host: 'localhost:4000', origin: 'https://example.com' }, '127.0.0.1', 'FORBIDDEN_ORIGIN'],
    ['across ports', { host: 'localhost:4000', origin: 'http://localhost:5000' }, '0.0.0.0', 'FORBIDDEN_ORIGIN'],
    ['of a page without a site', { host: 'localhost:4000', origin: 'null' }, '0.0.0.0', 'FORBIDDEN_ORIGIN'],
  ])('is refused: %s', (_, headers, listensOn, code) => {
    expect(refusalOf({ headers } as unknown as IncomingMessage, listensOn)).toMatchObject({ code })
  })
})
