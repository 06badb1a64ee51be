import { describe, expect, it } from 'vitest'
import { decodeSafetensors, decodeSafetensorsStart } from '../../src/index.js'
import { encodeCodes, readCodes } from '../../src/latent.js'

const codes = Float32Array.of(1, 2, 3, 4, 5, 6)
const labels = Uint8Array.of(7, 9)
const dimensions = [0, 1, 2].map((index) => ({ minimum: index, maximum: index + 3, mean: index + 1.5, standardDeviation: 1.5 }))
const spread = { dimensions, divergences: null }

describe('an epoch’s file of codes', () => {
  it('holds codes of test examples with their labels, and those of training examples', () => {
    const trainingCodes = Float32Array.of(-1, -2, -3)
    const tensors = decodeSafetensors(encodeCodes({ codes, labels, trainingCodes, ...spread }))
    expect(tensors.codes?.shape).toEqual([2, 3])
    expect(tensors.trainingCodes?.shape).toEqual([1, 3])
    expect(readCodes(tensors)).toEqual({ codes, labels: Float32Array.of(7, 9), trainingCodes })
  })

  it('stands in with the codes of test examples where it holds no others', () => {
    expect(readCodes(decodeSafetensors(encodeCodes({ codes, labels, trainingCodes: null, ...spread })))?.trainingCodes).toEqual(codes)
  })

  it('begins with what describes all test examples, which can be read without the rest', () => {
    const file = encodeCodes({ codes, labels, trainingCodes: null, dimensions, divergences: [0.1, 0.2, 0.3] })
    const names = ['dimensions', 'divergences']
    const first = decodeSafetensorsStart(file.subarray(0, 8), names)
    const needed = 'missingUpTo' in first ? first.missingUpTo : 0
    const header = decodeSafetensorsStart(file.subarray(0, needed), names)
    const end = 'missingUpTo' in header ? header.missingUpTo : 0
    expect(end).toBeLessThan(file.length)
    const read = decodeSafetensorsStart(file.subarray(0, end), names)
    expect(read).toMatchObject({ shapes: { codes: [2, 3], dimensions: [3, 4] } })
    const values = 'tensors' in read ? read.tensors : {}
    expect([...(values.dimensions?.values ?? [])]).toEqual([0, 3, 1.5, 1.5, 1, 4, 2.5, 1.5, 2, 5, 3.5, 1.5])
    expect([...(values.divergences?.values ?? [])]).toEqual([...Float32Array.of(0.1, 0.2, 0.3)])
  })

  it('has nothing to tell before it is there, or where it is another', () => {
    expect(readCodes(null)).toBeNull()
    expect(readCodes({ codes: { shape: [2, 3], values: codes } })).toBeNull()
  })
})
