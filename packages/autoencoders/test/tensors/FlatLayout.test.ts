import { describe, expect, it } from 'vitest'
import { FlatLayout } from '../../src/tensors/FlatLayout.js'

const tensors = {
  kernel: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  step: { shape: [], values: Float32Array.of(5) },
  bias: { shape: [2], values: Float32Array.of(6, 7) },
}

describe('FlatLayout', () => {
  it('lays tensors out in order, whatever the order they come in, and back', () => {
    const layout = new FlatLayout(tensors)
    const { kernel, step, bias } = tensors
    expect(layout.size).toBe(7)
    expect([...layout.flatten({ bias, step, kernel })]).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(layout.unflatten(layout.flatten(tensors))).toEqual(tensors)
  })

  it('refuses tensors and vectors that do not fit', () => {
    const layout = new FlatLayout(tensors)
    expect(() => layout.flatten({ kernel: tensors.kernel })).toThrow('step: expected 1 values, got none')
    expect(() => layout.unflatten(new Float32Array(6))).toThrow('vector: expected 7 values, got 6')
  })
})
