import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nothingRead, parseLog, type ReadLog, readLogOn } from '../src/features/run/readLog'

describe('lines of a log', () => {
  it('have their moment and level, and those that continue one have its level', () => {
    const text = [
      'Printed before anything',
      '2026-11-29T00:00:01.000Z Starting',
      '2026-11-29T00:00:02.000Z WARNING Models of epoch 2 are kept no more',
      '2026-11-29T00:00:03.000Z ERROR Error: no',
      '    at nowhere (file.js:1:1)',
      '',
      '2026-11-29T00:00:04.000Z Stopped',
    ].join('\n')
    expect(parseLog(text).map(({ at, level, text }) => [at?.slice(17, 19) ?? null, level, text])).toEqual([
      [null, 'said', 'Printed before anything'],
      ['01', 'said', 'Starting'],
      ['02', 'warning', 'Models of epoch 2 are kept no more'],
      ['03', 'error', 'Error: no'],
      [null, 'error', '    at nowhere (file.js:1:1)'],
      ['04', 'said', 'Stopped'],
    ])
  })
})

describe('a log that grows', () => {
  let content: Buffer | null = null
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.range)
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (content === null) return response.writeHead(404).end()
    if (from >= content.length) return response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end()
    return response.writeHead(206, { 'Content-Range': `bytes ${from}-${content.length - 1}/${content.length}` }).end(content.subarray(from))
  })
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/worker.log`
  const readOn = (known: ReadLog) => readLogOn(url(), { known, signal: new AbortController().signal })
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it('is read on from where it was read to, whole lines alone, and anew where it has become shorter', async () => {
    expect(await readOn(nothingRead)).toBeNull()
    content = Buffer.alloc(0)
    expect(await readOn(nothingRead)).toEqual(nothingRead)
    content = Buffer.from('one é\ntw')
    const first = await readOn(nothingRead)
    expect(first).toEqual({ bytes: 7, text: 'one é\n' })
    content = Buffer.from('one é\ntwo\n')
    const second = first && (await readOn(first))
    expect(second).toEqual({ bytes: 11, text: 'one é\ntwo\n' })
    expect(asked.at(-1)).toBe('bytes=0-')
    expect(second && (await readOn(second))).toBe(second)
    expect(asked.at(-1)).toBe('bytes=7-')
    content = Buffer.from('one\n')
    expect(second && (await readOn(second))).toEqual({ bytes: 4, text: 'one\n' })
  })

  it('is read anew where it was cut and has become longer since', async () => {
    content = Buffer.from('one\ntwo\nthree\n')
    const first = await readOn(nothingRead)
    content = Buffer.from('one\n…\nfour is long\nfive\n')
    expect(first && (await readOn(first))).toEqual({ bytes: content.length, text: content.toString() })
  })
})
