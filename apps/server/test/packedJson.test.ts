import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { packJson, unpackJson } from '../src/database/packedJson.js'

const measured = { subjects: Array.from({ length: 50 }, (_, place) => ({ subject: `S${place}`, meanSquaredError: 1 / (place + 3) })) }

describe('packed JSON', () => {
  it('comes back to the last bit, and takes less than half', () => {
    const packed = packJson(measured)
    expect(unpackJson(packed)).toEqual(measured)
    expect(packed.length).toBeLessThan(JSON.stringify(measured).length / 2)
    expect(unpackJson(packJson([]))).toEqual([])
  })

  it.each([
    ['as JSON', JSON.stringify(measured)],
    ['packed in a text', JSON.stringify(brotliCompressSync(JSON.stringify(measured)).toString('base64'))],
  ])('is read where an earlier version stored it %s', (_, stored) => {
    expect(unpackJson(Buffer.from(stored))).toEqual(measured)
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['no packed text', Buffer.from('"notes"')],
    ['bytes that were cut short', packJson(measured).subarray(0, 40)],
    ['more than any value takes', packJson('a'.repeat(9 * 1024 ** 2))],
  ])('is nothing where it is %s', (_, stored) => {
    expect(unpackJson(stored)).toBeUndefined()
  })
})
