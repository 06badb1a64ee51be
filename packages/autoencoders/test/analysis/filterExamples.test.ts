import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { filterExamples } from '../../src/analysis/filterExamples.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { fitWienerFilter } from '../../src/analysis/wienerFilter.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { computePcaBaseline } from '../../src/pca/computePcaBaseline.js'
import { loadSmallDigits } from '../smallDigits.js'

it('filters by one matrix as component by component', async () => {
  const dataset = await loadSmallDigits(200, 50)
  const { principalComponents } = await computePcaBaseline({ dataset, threads: 1 })
  const { rank, size } = principalComponents
  const clean = takeExamples(dataset.train, 200).features
  const spoil = (examples: Float32Array) => examples.map((value, index) => value + 0.4 * Math.sin(7 * index))
  const corrupted = spoil(clean)
  const examples = spoil(takeExamples(dataset.test, 50).features)

  const basis = {
    exampleSize: size,
    latentDimension: rank,
    encode: async (values: Float32Array) => principalComponents.encode(values, rank),
    decode: async (codes: Float32Array) => principalComponents.decode(codes, rank),
  }
  const { gains, offsets } = await fitWienerFilter({ basis, clean, corrupted })
  const guesses = (await basis.encode(examples)).map((code, index) => (gains[index % rank] ?? 0) * code + (offsets[index % rank] ?? 0))
  const expected = await basis.decode(guesses)

  const { exampleShape } = dataset
  const engine = await createEngine('onnx', { threads: 1 })
  const filtered = await filterExamples(examples, { engine, principalComponents, exampleShape, clean, corrupted })
  for (const [index, value] of filtered.entries()) expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThan(1e-5)
  expect(tf.memory().numTensors).toBe(0)
})
