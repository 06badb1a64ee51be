import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../../src/index.js'

/** Puts a file together from its parts, so that each can be wrong. */
function fileOf(header: string, data: readonly number[] = [], headerLength = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.set(new TextEncoder().encode(header), 8)
  bytes.set(data, 8 + header.length)
  return bytes
}

const zeros = (count: number) => new Array<number>(count).fill(0)

describe('safetensors', () => {
  it('writes the published layout byte by byte', () => {
    const file = encodeSafetensors({ b: { shape: [2], values: Float32Array.of(1, -2) } })
    const header = '{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  '
    expect(new DataView(file.buffer).getBigUint64(0, true)).toBe(56n)
    expect(new TextDecoder().decode(file.subarray(8, 64))).toBe(header)
    expect([...file.subarray(64)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  })

  it('comes back as it went, for every shape and every float, from any position in a larger buffer', () => {
    const tensor = fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) => {
      const size = shape.reduce((a, b) => a * b, 1)
      return fc.record({ shape: fc.constant(shape), values: fc.float32Array({ minLength: size, maxLength: size }) })
    })
    const name = fc.string().filter((text) => text !== '__proto__')
    fc.assert(
      fc.property(fc.dictionary(name, tensor, { noNullPrototype: true }), fc.nat(9), (tensors, offset) => {
        const file = encodeSafetensors(tensors)
        const buffer = new Uint8Array(file.length + offset + 3)
        buffer.set(file, offset)
        expect(decodeSafetensors(buffer.subarray(offset, offset + file.length))).toEqual(tensors)
      }),
    )
  })

  it('reads a Node Buffer, whose slice shares memory instead of copying it', () => {
    const tensors = { a: { shape: [2], values: Float32Array.of(1, 2) }, b: { shape: [1], values: Float32Array.of(3) } }
    expect(decodeSafetensors(Buffer.from(encodeSafetensors(tensors)))).toEqual(tensors)
  })

  it('reads bytes as floats and ignores metadata', () => {
    const header = '{"__metadata__":{"format":"pt"},"x":{"dtype":"U8","shape":[1,3],"data_offsets":[0,3]}}'
    expect(decodeSafetensors(fileOf(header, [0, 7, 255]))).toEqual({ x: { shape: [1, 3], values: Float32Array.of(0, 7, 255) } })
  })

  it.each([
    ['an empty file', new Uint8Array(), 'file: expected at least 8 bytes, got 0'],
    ['a header that ends after the file', fileOf('{}', [], 3), 'header: expected 3 bytes, got 2 before the end of the file'],
    ['an enormous header', fileOf('{}', [], 2 ** 40), 'header length: expected at most 100000000 bytes, got 1099511627776'],
    ['a header that is not JSON', fileOf('{"x"'), 'header: expected a JSON object, got text that is not JSON'],
    ['a header that is no object', fileOf('[1]'), 'header: expected a JSON object, got [1]'],
    ['a tensor that is no object', fileOf('{"x":1}'), 'tensor x: expected an object of dtype, shape and data_offsets'],
    [
      'a type that is not read',
      fileOf('{"x":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', zeros(2)),
      'tensor x: expected dtype F32 or U8, got "BF16"',
    ],
    [
      'a negative size',
      fileOf('{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}', zeros(1)),
      'tensor x: expected a shape of whole numbers, got [-1]',
    ],
    [
      'offsets that run backwards',
      fileOf('{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}', zeros(1)),
      'tensor x: expected data_offsets [begin, end], got [1,0]',
    ],
    [
      'offsets that do not fit the shape',
      fileOf('{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', zeros(4)),
      'tensor x: expected 8 bytes for F32 of shape [2], got 4',
    ],
    [
      'tensors that overlap',
      fileOf('{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}', zeros(3)),
      'tensor y: expected its data to begin at 2, got 1',
    ],
    [
      'a gap between tensors',
      fileOf('{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}', zeros(3)),
      'tensor y: expected its data to begin at 1, got 2',
    ],
    ['truncated data', fileOf('{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}', zeros(3)), 'data: expected 4 bytes, got 3'],
    ['bytes left over', fileOf('{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}', zeros(5)), 'data: expected 4 bytes, got 5'],
  ])('refuses %s', (_case, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(expect.objectContaining({ code: 'INVALID_SAFETENSORS', message }))
  })

  it('refuses to write a tensor whose values do not fill its shape', () => {
    expect(() => encodeSafetensors({ x: { shape: [3], values: new Float32Array(2) } })).toThrow(
      'tensor x: expected 3 values for shape [3], got 2',
    )
  })
})
