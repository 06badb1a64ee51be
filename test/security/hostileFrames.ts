import type { Dice } from './Dice.js'
import type { Hostile } from './hostileRequests.js'

type Frames = (dice: Dice) => Hostile

interface FrameOptions {
  readonly opcode?: number
  readonly isLast?: boolean
  readonly reserved?: number
  readonly isMasked?: boolean
  /** What the head says of the length, where that is not true. */
  readonly length?: number
}

/** A frame as a client sends it. */
function frame(payload: string | Buffer, { opcode = 1, isLast = true, reserved = 0, isMasked = true, length }: FrameOptions = {}): Buffer {
  const bytes = Buffer.from(payload)
  const said = length ?? bytes.length
  const long = said >= 126
  const head = Buffer.alloc(long ? 10 : 2)
  head[0] = (isLast ? 0x80 : 0) | reserved | opcode
  head[1] = (isMasked ? 0x80 : 0) | (long ? 127 : said)
  if (long) head.writeBigUInt64BE(BigInt(said), 2)
  return Buffer.concat([head, ...(isMasked ? [Buffer.alloc(4)] : []), bytes])
}

const text = (message: unknown) => frame(typeof message === 'string' ? message : JSON.stringify(message))
const init = text({ type: 'connection_init' })
const subscribe = (id: unknown, query: unknown, more: object = {}) => text({ id, type: 'subscribe', payload: { query, ...more } })
const version = '{ lab { version } }'
/** A list of so many bytes of empty lists, each of which becomes many times as much. */
const lists = (bytes: number) => `[${'[],'.repeat(bytes / 3)}[]]`
const odd: readonly unknown[] = [null, 1, true, '', [], {}, 'x'.repeat(70_000), '\ud800', { toString: 1 }]

export const hostileFrames: Readonly<Record<string, Frames>> = {
  brokenJson: (dice) => ({
    chunks: [init, text(dice.one(['', '{', 'null', '[]', '"x"', '{"type":', '\u0000', '{"type":1}', `${'['.repeat(50_000)}`]))],
  }),
  unknownType: (dice) => ({
    chunks: [init, text({ type: dice.one(['start', 'stop', 'connection_terminate', '__proto__', '', null, 7]) })],
  }),
  beforeInit: () => ({ chunks: [subscribe('1', version)] }),
  initTwice: () => ({ chunks: [init, init] }),
  oddInit: (dice) => ({ chunks: [text({ type: 'connection_init', payload: dice.one(odd) })], isUnfinished: true }),
  idTwice: () => ({
    chunks: [init, subscribe('1', 'subscription { runsChanged { id } }'), subscribe('1', 'subscription { runsChanged { id } }')],
  }),
  oddId: (dice) => ({ chunks: [init, subscribe(dice.one(odd), version)], isUnfinished: true }),
  oddPayload: (dice) => ({ chunks: [init, text({ id: '1', type: 'subscribe', payload: dice.one(odd) })] }),
  oddQuery: (dice) => ({
    chunks: [init, subscribe('1', dice.one(odd), { variables: dice.one(odd), operationName: dice.one(odd), extensions: dice.one(odd) })],
    isUnfinished: true,
  }),
  manyOperations: (dice) => ({
    chunks: [
      init,
      ...Array.from({ length: dice.between(101, 300) }, (_, index) => subscribe(`${index}`, 'subscription { runsChanged { id } }')),
    ],
  }),
  completes: (dice) => ({
    chunks: [init, ...Array.from({ length: dice.between(1, 500) }, (_, index) => text({ id: `${index}`, type: 'complete' }))],
    isUnfinished: true,
  }),
  serverMessages: (dice) => ({ chunks: [init, text({ id: '1', type: dice.one(['next', 'error', 'connection_ack']), payload: {} })] }),
  binary: (dice) => ({ chunks: [init, frame(dice.bytes(dice.between(1, 500)), { opcode: 2 })] }),
  brokenText: () => ({ chunks: [frame(Buffer.from([0xff, 0xfe, 0xc0]))] }),
  oversize: (dice) => ({ chunks: [frame('{', { length: dice.between(2_000_000, 2_000_000_000) })] }),
  impossibleLength: () => ({ chunks: [Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])] }),
  unmasked: () => ({ chunks: [frame('{"type":"connection_init"}', { isMasked: false })] }),
  reservedBits: (dice) => ({ chunks: [frame('x', { reserved: dice.one([0x10, 0x20, 0x40, 0x70]) })] }),
  reservedOpcode: (dice) => ({ chunks: [frame('x', { opcode: dice.one([3, 4, 7, 11, 15]) })] }),
  longControl: (dice) => ({ chunks: [frame('x'.repeat(200), { opcode: dice.one([8, 9, 10]) })] }),
  fragments: (dice) => {
    const count = dice.between(2, 2000)
    const parts = Array.from({ length: count }, (_, index) => frame(' '.repeat(100), { opcode: index === 0 ? 1 : 0, isLast: false }))
    return {
      chunks: [...parts, frame('', { opcode: 9 }), ...(dice.chance(0.5) ? [frame('x', { opcode: 1 })] : [frame('x', { opcode: 0 })])],
    }
  },
  endlessFragments: (dice) => ({
    chunks: Array.from({ length: dice.between(30, 60) }, (_, index) =>
      frame(' '.repeat(65_536), { opcode: index === 0 ? 1 : 0, isLast: false }),
    ),
  }),
  strayContinuation: () => ({ chunks: [frame('x', { opcode: 0 })] }),
  pings: (dice) => ({
    chunks: [init, ...Array.from({ length: dice.between(100, 4000) }, () => frame(Buffer.alloc(125), { opcode: 9 }))],
    isUnfinished: true,
  }),
  protocolPings: (dice) => ({
    chunks: [init, ...Array.from({ length: dice.between(10, 200) }, () => text({ type: 'ping', payload: { text: 'x'.repeat(5000) } }))],
    isUnfinished: true,
  }),
  longMessages: (dice) => {
    const long = lists(dice.between(10_000, 4_000_000))
    const message = dice.one([
      `{"type":"ping","payload":{"a":${long}}}`,
      `{"type":"pong","payload":{"a":${long}}}`,
      `{"id":"1","type":"complete","payload":${long}}`,
      `{"payload":{"a":${long}},"type":"ping"}`,
      `{"type":"subscribe","payload":${long},"type":"pong"}`,
      `{"type":${long}}`,
    ])
    return { chunks: [init, ...Array.from({ length: dice.between(1, 3) }, () => text(message))] }
  },
  longInit: (dice) => ({ chunks: [text(`{"type":"connection_init","payload":{"a":${lists(dice.between(10_000, 4_000_000))}}}`)] }),
  longIds: (dice) => ({ chunks: [init, subscribe('y'.repeat(dice.between(129, 3_000_000)), version)] }),
  sameLongId: (dice) => {
    const id = dice.one(['y', '頁', '\u0000', '\ud800']).repeat(dice.between(40, 128)).slice(0, 128)
    return { chunks: [init, ...Array.from({ length: 3 }, () => subscribe(id, 'subscription { runsChanged { id } }'))] }
  },
  longValues: (dice) => ({
    chunks: [
      init,
      ...Array.from({ length: dice.between(1, 3) }, (_, index) =>
        text(
          `{"id":"${index}","type":"subscribe","payload":{"query":"{ lab { version } }","variables":{"a":${lists(dice.between(70_000, 4_000_000))}}}}`,
        ),
      ),
    ],
  }),
  oddClose: (dice) => ({
    chunks: [
      frame(dice.one([Buffer.from([0]), Buffer.from([0, 1]), Buffer.from([0x0f, 0xff]), Buffer.from([3, 232, 0xff]), Buffer.alloc(0)]), {
        opcode: 8,
      }),
    ],
  }),
  halfFrame: (dice) => ({
    chunks: [init, subscribe('1', version).subarray(0, dice.between(1, 20))],
    after: dice.one(['end', 'reset'] as const),
  }),
  halfClosed: () => ({ chunks: [init, subscribe('1', 'subscription { runsChanged { id } }')], after: 'end' }),
  reset: () => ({ chunks: [init, subscribe('1', 'subscription { runsChanged { id } }')], after: 'reset' }),
  noise: (dice) => ({ chunks: [dice.bytes(dice.between(1, 2000))], after: 'end' }),
  silence: () => ({ chunks: [], isUnfinished: true }),
}
