import { describe, expect, it } from 'vitest'
import { gatherExamples, unpackExamples } from '../src/index.js'

const split = { count: 3, values: Uint8Array.of(0, 255, 51, 102, 1, 254), labels: Uint8Array.of(7, 8, 9) }

describe('unpackExamples', () => {
  it('gives the very floats that gathering the bytes gives', () => {
    const unpacked = unpackExamples(split, { count: 2, maximumBytes: 16 })
    const [fromFloats, fromBytes] = [new Float32Array(4), new Float32Array(4)]
    const order = Uint32Array.of(1, 0)
    gatherExamples(unpacked, order, 0, 2, fromFloats)
    gatherExamples(split, order, 0, 2, fromBytes)
    expect(unpacked.values).toBeInstanceOf(Float32Array)
    expect(unpacked).toMatchObject({ count: 2, labels: Uint8Array.of(7, 8) })
    expect(fromFloats).toEqual(fromBytes)
  })

  it('leaves a split as it is where its floats would take too much, or where it holds floats', () => {
    const points = { count: 1, values: Float32Array.of(0.5, -0.5), labels: Uint8Array.of(0) }
    expect(unpackExamples(split, { count: 3, maximumBytes: 23 })).toBe(split)
    expect(unpackExamples(points, { count: 1, maximumBytes: 100 })).toBe(points)
  })
})
