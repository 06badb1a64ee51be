import { gzipSync } from 'node:zlib'
import type { Dice } from './Dice.js'

/** What is written to a connection, and whether an answer to it is due. */
export interface Hostile {
  readonly chunks: readonly (string | Buffer)[]
  /** What happens after the last of it. @default `stay` */
  readonly after?: 'stay' | 'end' | 'reset'
  /** Whether a server may wait for more. @default false */
  readonly isUnfinished?: boolean
}

type Request = (dice: Dice, host: string) => Hostile

const head = (line: string, host: string, ...lines: readonly string[]) => `${[line, `Host: ${host}`, ...lines].join('\r\n')}\r\n\r\n`
const post = (host: string, text: string | Buffer, ...lines: readonly string[]): Hostile => ({
  chunks: [
    head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`, ...lines),
    text,
  ],
})
const get = (path: string, host: string, ...lines: readonly string[]): Hostile => ({
  chunks: [head(`GET ${path} HTTP/1.1`, host, ...lines)],
})

/** Paths by which somebody might leave the folder of files, or confuse who reads them. */
const paths = [
  '/artifacts/runs/../../hourglass.db',
  '/artifacts/runs/%2e%2e/%2e%2e/hourglass.db',
  '/artifacts/runs/aaaaaaaaaaaa/..%2f..%2f..%2fetc%2fpasswd',
  '/artifacts/runs/aaaaaaaaaaaa/%00',
  '/artifacts/runs/aaaaaaaaaaaa/checkpoints/%ff%fe',
  '/artifacts/runs/aaaaaaaaaaaa/....//....//hourglass.db',
  '/artifacts/runs/aaaaaaaaaaaa/onnx/99999999999999999999/decoder.onnx',
  '/artifacts/runs/%',
  '/artifacts\\..\\hourglass.db',
  '//graphql',
  '/graphql?query=%',
  '/graphql?query={lab{version}}&query={lab{version}}',
  '/graphql?query={lab{version}}&variables=%7B',
  '/health/../graphql',
  '/metrics?name[]=x&name[__proto__][y]=1',
  `/${'a'.repeat(8000)}`,
  '/graphql#fragment',
  '*',
]
const methods = ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'PROPFIND', 'HEAD', 'M-SEARCH', 'CONNECT', 'FOO', 'get']

export const hostileRequests: Readonly<Record<string, Request>> = {
  method: (dice, host) => ({
    chunks: [head(`${dice.one(methods)} ${dice.one(['/graphql', '/artifacts/runs/aaaaaaaaaaaa/x', '/'])} HTTP/1.1`, host)],
  }),
  path: (dice, host) => get(dice.one(paths), host),
  range: (dice, host) =>
    get(
      '/graphql?query={lab{version}}',
      host,
      `Range: bytes=${dice.one(['-1', '5-1', '0-0,1-1,2-2', `0-${'9'.repeat(40)}`, 'x', '0-,'.repeat(1000)])}`,
    ),
  longHead: (dice, host) => get('/graphql', host, `X-Long: ${'x'.repeat(dice.between(20_000, 200_000))}`),
  manyHeaders: (dice, host) =>
    get('/graphql?query={lab{version}}', host, ...Array.from({ length: dice.between(100, 3000) }, (_, index) => `X-${index}: y`)),
  brokenHead: (dice, host) => ({
    chunks: [`GET /graphql?query={lab{version}} HTTP/1.1\r\nHost: ${host}\r\n`, dice.bytes(dice.between(1, 200)), '\r\n\r\n'],
    after: 'end',
  }),
  noise: (dice) => ({ chunks: [dice.bytes(dice.between(1, 4000))], after: 'end' }),
  otherProtocol: (dice) => ({
    chunks: [
      dice.one([
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'GET /\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
        'SSH-2.0-x\r\n',
        'EHLO x\r\n',
      ]),
    ],
    after: 'end',
  }),
  host: (dice) => ({
    chunks: [
      `GET /graphql?query={lab{version}} HTTP/1.1\r\n${dice.one(['', 'Host: evil.example\r\n', 'Host: \r\n', 'Host: localhost\r\nHost: evil.example\r\n', 'Host: [::1\r\n', 'Host: a b\r\n'])}\r\n`,
    ],
  }),
  forwarded: (dice, host) =>
    get(
      '/graphql?query={lab{version}}',
      host,
      `X-Forwarded-Host: ${dice.one(['evil.example', ',', '%', 'localhost, evil.example'])}`,
      `X-Forwarded-For: ${dice.one(['x', ',,,', '1.2.3.4'.repeat(500), '::ffff:127.0.0.1'])}`,
    ),
  contentLength: (dice, host) => ({
    chunks: [
      head(
        'POST /graphql HTTP/1.1',
        host,
        'Content-Type: application/json',
        `Content-Length: ${dice.one(['-1', 'x', '1e3', '99999999999999999999', '5, 6', '0x10', ' '])}`,
      ),
      '{"query":"{ lab { version } }"}',
    ],
    after: 'end',
  }),
  twoLengths: (_, host) => ({
    chunks: [
      head(
        'POST /graphql HTTP/1.1',
        host,
        'Content-Type: application/json',
        'Content-Length: 5',
        'Content-Length: 40',
        'Transfer-Encoding: chunked',
      ),
      '0\r\n\r\nGET /graphql?query={lab{version}} HTTP/1.1\r\n\r\n',
    ],
    after: 'end',
  }),
  tooLong: (dice, host) => ({
    chunks: [
      head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', `Content-Length: ${dice.between(3_000_000, 2_000_000_000)}`),
      '{',
    ],
    isUnfinished: true,
  }),
  chunks: (dice, host) => ({
    chunks: [
      head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
      dice.one(['zz\r\n', '-5\r\n', 'ffffffffffffffff\r\n', '5\r\nabc', '3;ext="x\r\n{}}\r\n0\r\n\r\n', `${'1'.repeat(100)}\r\n`]),
    ],
    after: 'end',
  }),
  endlessChunks: (dice, host) => ({
    chunks: [
      head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
      ...Array.from({ length: dice.between(80, 120) }, () => `10000\r\n${' '.repeat(65_536)}\r\n`),
    ],
  }),
  encoding: (dice, host) =>
    post(
      host,
      dice.bytes(dice.between(1, 300)),
      `Content-Encoding: ${dice.one(['gzip', 'deflate', 'br', 'zstd', 'identity, gzip', '', 'x'])}`,
    ),
  bomb: (dice, host) => post(host, gzipSync(Buffer.alloc(dice.between(5_000_000, 60_000_000), ' ')), 'Content-Encoding: gzip'),
  type: (dice, host) => {
    const text = '{"query":"{ lab { version } }"}'
    const type = dice.one([
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-7',
      'application/json; charset=x',
      '',
      'a',
      'application/graphql',
    ])
    return { chunks: [head('POST /graphql HTTP/1.1', host, `Content-Type: ${type}`, `Content-Length: ${text.length}`), text] }
  },
  accept: (dice, host) =>
    get(
      '/graphql?query={lab{version}}',
      host,
      `Accept: ${dice.one(['image/png', 'application/json;q=0', 'x', '*/*;q=2', ',;,', 'multipart/mixed'])}`,
    ),
  cookie: (dice, host) =>
    get(
      '/graphql?query={lab{version}}',
      host,
      `Cookie: hourglass-browser=${dice.one(['x'.repeat(5000), '%00', ';;;=', '"', '../x', '__proto__'])}`,
    ),
  slowBody: (_, host) => ({
    chunks: [head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', 'Content-Length: 1000'), '{', ' ', ' '],
    isUnfinished: true,
  }),
  brokenOff: (dice, host) => ({
    chunks: [head('POST /graphql HTTP/1.1', host, 'Content-Type: application/json', 'Content-Length: 1000'), '{"query"'],
    after: dice.one(['end', 'reset'] as const),
    isUnfinished: true,
  }),
  expect: (dice, host) => post(host, '{"query":"{ lab { version } }"}', `Expect: ${dice.one(['100-continue', 'the-spanish-inquisition'])}`),
  pipeline: (dice, host) => ({ chunks: [head('GET /graphql?query={lab{version}} HTTP/1.1', host).repeat(dice.between(10, 300))] }),
  upgrade: (dice, host) =>
    get('/graphql', host, 'Connection: Upgrade', `Upgrade: ${dice.one(['h2c', 'websocket', 'TLS/1.0', 'websocket, h2c'])}`),
  handshake: (dice, host) =>
    get(
      dice.one(['/graphql', '/elsewhere']),
      host,
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Version: ${dice.one(['13', '7', '99', 'x'])}`,
      `Sec-WebSocket-Key: ${dice.one(['', 'x', 'dGhlIHNhbXBsZSBub25jZQ=='])}`,
      `Sec-WebSocket-Protocol: ${dice.one(['soap', '', 'graphql-ws'])}`,
      'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99',
    ),
}
