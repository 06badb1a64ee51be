import { describe, expect, it } from 'vitest'
import { decodeSafetensors, decodeSafetensorsStart } from '../../src/index.js'
import { encodeCodes, readCodes, readTrainingCodes } from '../../src/latent.js'

const codes = Float32Array.of(1, 2, 3, 4, 5, 6)
const labels = Uint8Array.of(7, 9)
const dimensions = [0, 1, 2].map((index) => ({ minimum: index, maximum: index + 3, mean: index + 1.5, standardDeviation: 1.5 }))
const spread = { dimensions, divergences: null }

describe('an epoch’s file of codes', () => {
  it('holds codes of test examples with their labels, and those of training examples', () => {
    const training = { values: Float32Array.of(-1, -2, -3, -4, -5, -6), labels: Uint8Array.of(2, 4) }
    const tensors = decodeSafetensors(encodeCodes({ codes, labels, training, ...spread }))
    expect(tensors.codes?.shape).toEqual([2, 3])
    expect(tensors.trainingCodes?.shape).toEqual([2, 3])
    expect(readCodes(tensors)).toEqual({ codes, labels: Float32Array.of(7, 9), trainingCodes: training.values })
    expect(readTrainingCodes(tensors)).toEqual({ codes: training.values, labels: Float32Array.of(2, 4) })
  })

  it('stands in with the codes of test examples where it holds no others, or one that varies along no direction', () => {
    const single = { values: Float32Array.of(-1, -2, -3), labels: Uint8Array.of(2) }
    for (const training of [null, single]) {
      expect(readCodes(decodeSafetensors(encodeCodes({ codes, labels, training, ...spread })))?.trainingCodes).toEqual(codes)
    }
  })

  it('of an earlier version has training codes without classes, which are not told apart', () => {
    const { trainingLabels: _left, ...earlier } = decodeSafetensors(
      encodeCodes({ codes, labels, training: { values: codes, labels }, ...spread }),
    )
    expect(readCodes(earlier)?.trainingCodes).toEqual(codes)
    expect(readTrainingCodes(earlier)).toBeNull()
    expect(readTrainingCodes(null)).toBeNull()
  })

  it('begins with what describes all test examples, which can be read without the rest', () => {
    const file = encodeCodes({ codes, labels, training: null, dimensions, divergences: [0.1, 0.2, 0.3] })
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
