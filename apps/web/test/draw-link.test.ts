import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDrawn, readNoise, readRubbed, writeDrawn, writeNoise, writeRubbed } from '../src/features/latent/drawLink'
import { createDrawStore } from '../src/features/latent/drawStore'

const byte = fc.oneof(fc.constant(0), fc.constant(255), fc.integer({ min: 0, max: 255 }))

describe('a link to a drawing', () => {
  it('brings back every image of bytes, as an address can carry it', () => {
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 900 }), (bytes) => {
        const image = Float32Array.from(bytes, (value) => value / 255)
        const text = writeDrawn(image, true)
        expect(text).toMatch(/^[\w.-]*$/)
        expect(readDrawn(text, bytes.length)).toEqual(image)
        expect(readDrawn(text, bytes.length + 1)).toBeNull()
      }),
    )
  })

  it('is short for a digit', () => {
    const digit = new Float32Array(784)
    for (let row = 4; row < 24; row++) digit.set([0.4, 1, 1, 0.3], 28 * row + 12)
    expect(writeDrawn(digit, true)?.length).toBeLessThan(260)
  })

  it('brings back points, noise and what is rubbed out', () => {
    expect(writeDrawn(Float32Array.of(0.1, -2), false)).toBe('(0.1_-2')
    expect(readDrawn('(0.1_-2', 2)).toEqual(Float32Array.of(0.1, -2))
    expect(writeNoise({ kind: 'masking', level: 0.25, seed: 3 })).toBe('masking-0.25-3')
    expect(readNoise('masking-0.25-3')).toEqual({ kind: 'masking', level: 0.25, seed: 3 })
    expect(writeNoise({ kind: 'masking', level: 0, seed: 3 })).toBeNull()
    const rubbed = Uint8Array.of(0, 1, 1, 0)
    expect(readRubbed(writeRubbed(rubbed), 4)).toEqual(rubbed)
    expect(writeRubbed(new Uint8Array(4))).toBeNull()
  })

  it('is nothing where nobody wrote it', () => {
    for (const text of ['%', 'AA', '(1_x', '(1', '', 'AAD.', 'zzzz']) expect(readDrawn(text, 2)).toBeNull()
    for (const text of ['masking-2-1', 'none-0.1-1', 'masking', 'masking--1', 'toString-0-1']) expect(readNoise(text)).toBeNull()
  })
})

describe('what is drawn', () => {
  const ink = (place: number) => ({ values: Float32Array.from({ length: 9 }, (_, at) => (at === place ? 1 : 0)), height: 3, width: 3 })
  const create = () =>
    createDrawStore([28, 28, 1], {
      placement: 'mass',
      example: null,
      origin: null,
      noise: { kind: 'gaussian', level: 0, seed: 1 },
      rubbed: null,
    })

  it('stays where what comes is empty, and says so', () => {
    const store = create()
    store.put(ink(4), { origin: null })
    const { example } = store.get()
    expect(example?.filter((value) => value === 1)).toHaveLength(400)
    store.put(ink(99), { origin: 'an empty sheet' })
    expect(store.get()).toMatchObject({ example, origin: null, problem: 'There is nothing to see on it: it is the same everywhere.' })
    store.put(ink(0), { origin: null })
    expect(store.get().problem).toBeNull()
  })

  it('is placed anew as is chosen', () => {
    const store = create()
    store.put(ink(0), { origin: null })
    store.place('whole')
    expect(store.get().placed?.taken).toEqual({ top: 0, left: 0, height: 3, width: 3 })
    expect(store.get().example?.at(-1)).toBe(0)
    store.clear()
    store.place('box')
    expect(store.get().example).toBeNull()
  })
})
