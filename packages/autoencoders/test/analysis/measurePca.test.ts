import type { Dataset } from '@hourglass/datasets'
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { beforeAll, describe, expect, it } from 'vitest'
import { corruptInOrder } from '../../src/analysis/corruptExamples.js'
import { measurePca } from '../../src/analysis/measurePca.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

let digits: Dataset
let few: Dataset
let baseline: PcaBaseline
let baselineOfFew: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(600, 120)
  few = await loadSmallDigits(20, 120)
  baseline = await computePcaBaseline({ dataset: digits })
  baselineOfFew = await computePcaBaseline({ dataset: few })
})

/** Projects what is seen of the test examples onto the first k right singular vectors of the clean training examples, in float64. */
function independentError({ train, test }: Dataset, { seen, k, isClipped }: { seen: Float32Array; k: number; isClipped: boolean }): number {
  const matrixOf = (split: Dataset['train']) => Matrix.from1DArray(split.count, 196, takeExamples(split, split.count).features)
  const mean = matrixOf(train).mean('column')
  const { rightSingularVectors } = new SingularValueDecomposition(matrixOf(train).subRowVector(mean), { autoTranspose: true })
  const basis = rightSingularVectors.subMatrix(0, 195, 0, k - 1)
  const centred = Matrix.from1DArray(test.count, 196, seen).subRowVector(mean)
  const made = centred.mmul(basis).mmul(basis.transpose()).addRowVector(mean)
  const clipped = made.to1DArray().map((value) => (isClipped ? Math.min(1, Math.max(0, value)) : value))
  const originals = matrixOf(test).to1DArray()
  return clipped.reduce((sum, value, index) => sum + (value - (originals[index] ?? 0)) ** 2, 0) / originals.length
}

const none = { kind: 'none' } as const
const noise = { kind: 'uniform', amplitude: 0.5 } as const

describe('measurePca', () => {
  it('measures the validation examples apart from the test examples, where some are held out', async () => {
    const requests = [{ codeSize: 16, corruption: noise }]
    const half = { ...digits.test, count: 60, values: digits.test.values.subarray(0, 60 * 196) }
    const [error] = await measurePca({ dataset: { ...digits, validation: half }, ...baseline, requests })
    const [onHalf] = await measurePca({ dataset: { ...digits, test: half }, ...baseline, requests })
    const [onAll] = await measurePca({ dataset: digits, ...baseline, requests })
    expect(error).toEqual({ ...onAll, validationMeanSquaredError: onHalf?.meanSquaredError })
    expect(onAll?.validationMeanSquaredError).toBeNull()
  })

  it('clips what PCA makes of images, as models are', async () => {
    const [error] = await measurePca({ dataset: digits, ...baseline, requests: [{ codeSize: 16, corruption: none }] })
    const seen = takeExamples(digits.test, 120).features
    expect(error).toMatchObject({ components: 16, isWhole: false })
    expect(error?.meanSquaredError).toBeCloseTo(independentError(digits, { seen, k: 16, isClipped: true }), 6)
    expect(error?.meanSquaredError).toBeLessThan(0.999 * independentError(digits, { seen, k: 16, isClipped: false }))
  })

  it('gives PCA the corrupted examples that the model sees', async () => {
    const requests = [8, 32].map((codeSize) => ({ codeSize, corruption: noise }))
    const errors = await measurePca({ dataset: digits, ...baseline, requests })
    const seen = corruptInOrder(takeExamples(digits.test, 120).features, { corruption: noise, size: 196 })
    for (const [index, k] of [8, 32].entries()) {
      expect(errors[index]?.meanSquaredError).toBeCloseTo(independentError(digits, { seen, k, isClipped: true }), 6)
    }
  })

  it('uses all components that there are for longer codes, and says so', async () => {
    const requests = [{ codeSize: 150, corruption: none }]
    const [error] = await measurePca({ dataset: few, ...baselineOfFew, requests })
    const seen = takeExamples(few.test, 120).features
    expect(error).toMatchObject({ components: 19, isWhole: true })
    expect(error?.meanSquaredError).toBeCloseTo(independentError(few, { seen, k: 19, isClipped: true }), 6)
    expect(error?.meanSquaredError).toBeGreaterThan(0.01)
  })
})
