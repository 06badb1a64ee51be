import { describe, expect, it, vi } from 'vitest'
import { oncePerFrame } from '../src/files/oncePerFrame'
import { readCode, writeCode } from '../src/latent/codeLink'
import { createCodeStore } from '../src/latent/codeStore'
import { orderDimensions, pageOf, sliderRange } from '../src/latent/orderDimensions'
import { sampleCode } from '../src/latent/sampleCode'

const dimension = (index: number, standardDeviation: number) => ({ index, minimum: -2, maximum: 2, mean: 0.5, standardDeviation })

describe('a code in a link', () => {
  const means = [0, 0.1, -3, 12.3456]

  it('names only the dimensions that left their mean', () => {
    expect(writeCode([0, 1.25, -3, -0.5], means)).toBe('1_1.25_3_-0.5')
    expect(writeCode(means, means)).toBeNull()
  })

  it('comes back as it was, to four significant digits', () => {
    const code = Float32Array.of(1.23456, -0.000_123_45, -3, 12.3456)
    const back = readCode(writeCode(code, means), means)
    for (const [index, value] of code.entries()) expect(back[index]).toBeCloseTo(value, 3)
  })

  it('survives a link that names unknown dimensions or no numbers', () => {
    expect(Array.from(readCode('9_1_x_2_0_NaN_1__2_7', [0, 1, 2]))).toEqual([0, 1, 7])
    expect(Array.from(readCode(null, [1, 2]))).toEqual([1, 2])
    expect(Array.from(readCode('', [1, 2]))).toEqual([1, 2])
  })

  it('is left out when too many dimensions moved for a link', () => {
    const size = 65
    expect(writeCode(new Array(size).fill(1), new Array(size).fill(0))).toBeNull()
  })
})

describe('order and pages of sliders', () => {
  const dimensions = [dimension(0, 0.1), dimension(1, 3), dimension(2, 0.1), dimension(3, 1)]

  it('puts the most varying dimensions first, equal ones by index', () => {
    expect(orderDimensions(dimensions, 'variation').map(({ index }) => index)).toEqual([1, 3, 0, 2])
    expect(orderDimensions(dimensions, 'index').map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })

  it('cuts pages and keeps the page number within them', () => {
    expect(pageOf(dimensions, { page: 2, size: 3 })).toEqual({ items: [dimensions[3]], page: 2, pages: 2 })
    expect(pageOf(dimensions, { page: 9, size: 3 }).page).toBe(2)
    expect(pageOf([], { page: 1, size: 3 })).toEqual({ items: [], page: 1, pages: 1 })
  })

  it('gives a dimension that never varies a range to move in', () => {
    const { minimum, maximum } = sliderRange({ minimum: 0, maximum: 0 })
    expect(minimum).toBeLessThan(0)
    expect(maximum).toBeGreaterThan(0)
    expect(sliderRange({ minimum: -1, maximum: 4 })).toEqual({ minimum: -1, maximum: 4 })
  })
})

describe('a random code', () => {
  const dimensions = Array.from({ length: 200 }, (_, index) => dimension(index, 0.5))

  it('is the same for the same seed and differs for another', () => {
    expect(sampleCode(dimensions, 1)).toEqual(sampleCode(dimensions, 1))
    expect(sampleCode(dimensions, 1)).not.toEqual(sampleCode(dimensions, 2))
  })

  it('has the distribution of the codes and stays in their range', () => {
    const code = sampleCode(dimensions, 7)
    const mean = code.reduce((sum, value) => sum + value, 0) / code.length
    expect(mean).toBeCloseTo(0.5, 0)
    expect(Math.min(...code)).toBeGreaterThanOrEqual(-2)
    expect(Math.max(...code)).toBeLessThanOrEqual(2)
  })
})

describe('a code that moves', () => {
  it('tells listeners which dimension changed and when', () => {
    const store = createCodeStore([0, 0])
    const heard = vi.fn()
    const unsubscribe = store.subscribe(heard)
    store.set(1, 0.5, 100)
    store.replace([1, 2], 200)
    unsubscribe()
    store.set(0, 9)
    expect(heard.mock.calls).toEqual([[{ index: 1, at: 100 }], [{ index: null, at: 200 }]])
    expect(Array.from(store.values)).toEqual([9, 2])
  })

  it('ignores values that are not finite and dimensions that are not there', () => {
    const store = createCodeStore([1, 2])
    store.set(0, Number.NaN)
    store.set(2, 5)
    expect(Array.from(store.values)).toEqual([1, 2])
  })

  it('refuses a whole code of another size', () => {
    expect(() => createCodeStore([1, 2]).replace([1])).toThrow('expected 2 dimensions, got 1')
  })
})

describe('drawing once a frame', () => {
  const frames = () => {
    const waiting: (() => void)[] = []
    return {
      clock: { requestAnimationFrame: (callback: () => void) => waiting.push(callback), cancelAnimationFrame: () => waiting.splice(0) },
      next: () => waiting.shift()?.(),
      waiting,
    }
  }

  it('draws the first input at once and the rest of a frame together, on account of the earliest', () => {
    const { clock, next } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    expect(draw.mock.calls).toEqual([[1]])
    task.request(2)
    task.request(3)
    expect(draw).toHaveBeenCalledTimes(1)
    next()
    expect(draw.mock.calls).toEqual([[1], [2]])
  })

  it('stops asking for frames when nothing happens', () => {
    const { clock, next, waiting } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    next()
    expect(waiting).toHaveLength(0)
    task.request(2)
    expect(draw).toHaveBeenCalledTimes(2)
  })

  it('draws nothing after it was cancelled', () => {
    const { clock, next } = frames()
    const draw = vi.fn()
    const task = oncePerFrame(draw, clock)
    task.request(1)
    task.request(2)
    task.cancel()
    next()
    expect(draw).toHaveBeenCalledTimes(1)
  })
})
