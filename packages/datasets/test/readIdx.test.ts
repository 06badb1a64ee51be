import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IdxElementType, idxElementTypes } from '../src/node/idxElementTypes.js'
import { parseIdx } from '../src/node/parseIdx.js'
import { readIdx } from '../src/node/readIdx.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'
import { encodeIdx, type IdxContent } from './support/encodeIdx.js'
import { makeTemporaryFolder } from './support/makeTemporaryFolder.js'

const elementValues = {
  uint8: fc.nat({ max: 255 }),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  int32: fc.integer(),
  float32: fc.float(),
  float64: fc.double(),
} as const satisfies Record<IdxElementType, fc.Arbitrary<number>>

const contents: fc.Arbitrary<IdxContent> = fc
  .record({
    elementType: fc.constantFrom(...(Object.keys(idxElementTypes) as IdxElementType[])),
    shape: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
  })
  .chain(({ elementType, shape }) => {
    const length = shape.reduce((product, size) => product * size, 1)
    return fc.array(elementValues[elementType], { minLength: length, maxLength: length }).map((values) => ({ elementType, shape, values }))
  })

const example: IdxContent = { elementType: 'int16', shape: [2, 3], values: [1, -2, 300, -400, 32767, -32768] }

function changed(change: (file: Uint8Array) => void): Uint8Array {
  const file = encodeIdx(example)
  change(file)
  return file
}

describe('round trip', () => {
  test('every element type, shape and value survives, raw and gzip-compressed, whatever the name', async () => {
    const path = join(await makeTemporaryFolder(), 'values.txt')
    await fc.assert(
      fc.asyncProperty(contents, fc.boolean(), async (content, compressed) => {
        const file = encodeIdx(content)
        await writeFile(path, compressed ? gzipSync(file) : file)
        const { elementType, shape, values } = await readIdx(path)
        expect(elementType).toBe(content.elementType)
        expect(shape).toEqual(content.shape)
        expect([...values]).toEqual(content.values)
      }),
      { numRuns: 200 },
    )
  })

  test('values come as the typed array of their element type', () => {
    const arrays = {
      uint8: Uint8Array,
      int8: Int8Array,
      int16: Int16Array,
      int32: Int32Array,
      float32: Float32Array,
      float64: Float64Array,
    }
    for (const elementType of Object.keys(arrays) as IdxElementType[]) {
      const { values } = parseIdx(Buffer.from(encodeIdx({ elementType, shape: [1], values: [1] })), 'file')
      expect(values.constructor).toBe(arrays[elementType])
    }
  })
})

describe('damage', () => {
  test('a raw file cut at any byte is reported as truncated, by name', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const file = encodeIdx(content)
        for (let length = 0; length < file.length; length++) {
          expect(() => parseIdx(file.subarray(0, length), 'some/file')).toThrow(
            expect.objectContaining({ code: 'TRUNCATED_FILE', subject: 'some/file' }),
          )
        }
      }),
    )
  })

  test('a gzip file cut at any byte is reported as truncated, by name', async () => {
    const path = join(await makeTemporaryFolder(), 'images.gz')
    const file = gzipSync(encodeIdx(example))
    for (let length = 0; length < file.length; length++) {
      await writeFile(path, file.subarray(0, length))
      const error = await datasetErrorOf(() => readIdx(path))
      expect(error.code, `cut to ${length} bytes`).toBe('TRUNCATED_FILE')
      expect(error.message).toContain(path)
    }
  })

  test('a gzip file with any byte changed is read as it was or refused, never something else', async () => {
    const path = join(await makeTemporaryFolder(), 'images.gz')
    const file = gzipSync(encodeIdx(example))
    for (let position = 0; position < file.length; position++) {
      const damaged = Uint8Array.from(file)
      damaged[position] = (damaged[position] ?? 0) ^ 0x55
      await writeFile(path, damaged)
      const values = await readIdx(path).then(
        (array) => [...array.values],
        (error) => datasetErrorOf(() => Promise.reject(error)).then(() => 'refused'),
      )
      expect(values === 'refused' ? example.values : values).toEqual(example.values)
    }
  })

  test('arbitrary bytes are an array or a DatasetError, and nothing else', async () => {
    const path = join(await makeTemporaryFolder(), 'noise')
    const magic = fc.tuple(fc.constant(0), fc.constant(0), fc.constantFrom(8, 9, 11, 12, 13, 14), fc.nat({ max: 255 }))
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.tuple(magic, fc.uint8Array({ maxLength: 64 })).map(([start, rest]) => Uint8Array.of(...start, ...rest)),
      fc.uint8Array({ maxLength: 64 }).map((rest) => Uint8Array.of(0x1f, 0x8b, 8, 0, ...rest)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        await writeFile(path, file)
        await readIdx(path).catch((error) => datasetErrorOf(() => Promise.reject(error)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('refuses, naming the file, what was expected and what was found', () => {
  test.each([
    { what: 'no bytes at all', file: new Uint8Array(0), code: 'TRUNCATED_FILE', expected: 'an IDX header of 4 bytes', found: '0 in the' },
    {
      what: 'a first byte that is not 0',
      file: changed((f) => f.fill(0x89, 0, 1)),
      code: 'INVALID_IDX_HEADER',
      expected: '00 00',
      found: '89 00',
    },
    {
      what: 'a second byte that is not 0',
      file: changed((f) => f.fill(1, 1, 2)),
      code: 'INVALID_IDX_HEADER',
      expected: '00 00',
      found: '00 01',
    },
    {
      what: 'an unknown type code',
      file: changed((f) => f.fill(0x0a, 2, 3)),
      code: 'UNSUPPORTED_IDX_TYPE',
      expected: '0b (int16)',
      found: '0a',
    },
    { what: 'no dimensions', file: changed((f) => f.fill(0, 3, 4)), code: 'INVALID_IDX_HEADER', expected: 'from 1 to 255', found: '0' },
    {
      what: 'half a shape',
      file: encodeIdx(example).subarray(0, 10),
      code: 'TRUNCATED_FILE',
      expected: 'header of 12 bytes',
      found: '10 in the',
    },
    { what: 'too few values', file: encodeIdx(example).subarray(0, 23), code: 'TRUNCATED_FILE', expected: '24 bytes', found: '23' },
    { what: 'a byte too many', file: Uint8Array.of(...encodeIdx(example), 0), code: 'SURPLUS_BYTES', expected: '24 bytes', found: '25' },
    {
      what: 'more values than memory holds',
      file: changed((f) => f.fill(255, 4, 12)),
      code: 'TRUNCATED_FILE',
      expected: '36893488130239234062',
      found: '24',
    },
    { what: 'gzip data that is not an IDX file', file: gzipSync('hello'), code: 'INVALID_IDX_HEADER', expected: '00 00', found: '68 65' },
    {
      what: 'gzip data with text after it',
      file: Buffer.concat([gzipSync(encodeIdx(example)), Buffer.from('xx')]),
      code: 'INVALID_GZIP',
      expected: 'undamaged gzip',
      found: 'header',
    },
    {
      what: 'gzip data with zeros after it',
      file: Buffer.concat([gzipSync(encodeIdx(example)), Buffer.alloc(3)]),
      code: 'SURPLUS_BYTES',
      expected: 'bytes of gzip data',
      found: '',
    },
  ])('$what', async ({ file, code, expected, found }) => {
    const path = join(await makeTemporaryFolder(), 'train-images')
    await writeFile(path, file)
    const error = await datasetErrorOf(() => readIdx(path))
    expect(error).toMatchObject({ code, subject: path, expected: expect.stringContaining(expected), found: expect.stringContaining(found) })
    expect(error.message).toBe(`${path}: expected ${error.expected}, found ${error.found}. ${error.advice}`)
  })

  test('a file that is not there', async () => {
    const path = join(await makeTemporaryFolder(), 'nowhere')
    expect(await datasetErrorOf(() => readIdx(path))).toMatchObject({ code: 'FILE_NOT_FOUND', subject: path, found: 'no such file' })
    expect(await datasetErrorOf(() => readIdx(join(path, 'deeper')))).toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  test('a folder', async () => {
    const path = await makeTemporaryFolder()
    expect(await datasetErrorOf(() => readIdx(path))).toMatchObject({ code: 'FILE_UNREADABLE', subject: path, found: 'a folder' })
  })

  test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const path = join(await makeTemporaryFolder(), 'secret')
    await writeFile(path, encodeIdx(example))
    await chmod(path, 0)
    expect(await datasetErrorOf(() => readIdx(path))).toMatchObject({
      code: 'FILE_UNREADABLE',
      found: expect.stringContaining('permission'),
    })
  })
})
