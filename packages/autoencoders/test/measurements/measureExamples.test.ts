import { describe, expect, it } from 'vitest'
import { measureExamples } from '../../src/measurements/measureExamples.js'
import { decibelsOf } from '../../src/metrics/peakSignalToNoiseRatio.js'

describe('examples that are measured by themselves', () => {
  it('have a value each, in order, however they come in batches', () => {
    const errors = Float32Array.of(0.1, 0.01, 0.001)
    const examples = measureExamples(3)
    for (const [begin, end] of [
      [0, 2],
      [2, 3],
    ] as const) {
      const values = () => new Float32Array((end - begin) * 4)
      examples.add({ originals: values, reconstructions: values(), clippedSquaredErrors: errors.subarray(begin, end) })
    }
    expect(examples.measured.peakSignalToNoiseRatio).toEqual(errors.map(decibelsOf))
  })
})
