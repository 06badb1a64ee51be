import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { crc32, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { requirePng } from '../src/reports/requirePng.js'
import { pngOf } from './pngOf.js'

const MEGABYTE = 1024 ** 2
const [WIDTH, HEIGHT] = [8_000, 8_000]

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('an image whose pixels take much more than its file is checked without holding them', async () => {
  const png = pngOf(WIDTH, HEIGHT, { packed: deflateSync(Buffer.alloc(HEIGHT * (1 + WIDTH))) })
  expect(png.length).toBeLessThan(MEGABYTE / 8)
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const timer = setInterval(() => {
    collectGarbage()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  })
  try {
    expect(await requirePng(png)).toEqual({ width: WIDTH, height: HEIGHT })
  } finally {
    clearInterval(timer)
  }
  expect(most).toBeLessThan((WIDTH * HEIGHT) / 4)
})

it('an image of very many parts is refused', async () => {
  const [start, end] = [pngOf(4, 4).subarray(0, -12), pngOf(4, 4).subarray(-12)]
  const empty = Buffer.alloc(12)
  empty.write('tEXt', 4, 'latin1')
  empty.writeUInt32BE(crc32('tEXt'), 8)
  await expect(requirePng(Buffer.concat([start, ...Array<Buffer>(100).fill(empty), end]))).resolves.toEqual({ width: 4, height: 4 })
  await expect(requirePng(Buffer.concat([start, ...Array<Buffer>(190_000).fill(empty), end]))).rejects.toThrow(
    'more parts than browsers write',
  )
})
