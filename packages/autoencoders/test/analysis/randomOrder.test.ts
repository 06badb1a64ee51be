import { describe, expect, it } from 'vitest'
import { randomOrder } from '../../src/analysis/randomOrder.js'

describe('randomOrder', () => {
  it('holds every example once, and is the same for every run', () => {
    const order = randomOrder({ dataset: 'mnist', split: 'test', count: 1000 })
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index))
    expect(randomOrder({ dataset: 'mnist', split: 'test', count: 1000 })).toEqual(order)
    expect(randomOrder({ dataset: 'mnist', split: 'train', count: 1000 })).not.toEqual(order)
  })

  it('of fewer examples is that of all without the others', () => {
    const all = randomOrder({ dataset: 'mnist', split: 'test', count: 10_000 })
    const some = randomOrder({ dataset: 'mnist', split: 'test', count: 300 })
    expect([...some]).toEqual([...all].filter((place) => place < 300))
  })

  it('draws from the whole of the split', () => {
    const front = randomOrder({ dataset: 'mnist', split: 'test', count: 10_000 }).subarray(0, 400)
    const mean = front.reduce((sum, place) => sum + place, 0) / 400
    // The mean of 400 places has a standard deviation of 2887 / 20.
    expect(Math.abs(mean - 5000)).toBeLessThan(600)
  })
})
