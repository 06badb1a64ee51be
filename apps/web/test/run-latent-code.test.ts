import { describe, expect, it, vi } from 'vitest'
import { readCode, writeCode } from '../src/features/latent/codeLink'
import { createCodeStore } from '../src/features/latent/codeStore'
import { createDirectionStore } from '../src/features/latent/directionStore'
import { oncePerFrame } from '../src/features/latent/oncePerFrame'
import { oneAtATime } from '../src/features/latent/oneAtATime'
import { pageOf } from '../src/features/latent/pageOf'
import { sliderRange } from '../src/features/latent/sliderRange'

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

describe('pages of sliders', () => {
  const dimensions = ['a', 'b', 'c', 'd']

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

describe('a code that moves along directions', () => {
  // Two of the three axes, turned by a quarter of a right angle.
  const [cos, sin] = [Math.cos(Math.PI / 8), Math.sin(Math.PI / 8)]
  const principal = { mean: Float32Array.of(1, 2, 3), directions: Float32Array.of(cos, sin, 0, -sin, cos, 0), count: 2 }

  it('moves along one and stays as it is along the others', () => {
    const start = [5, -1, 7]
    const code = createCodeStore(start)
    const along = createDirectionStore(code, principal)
    const before = [...along.values]
    const changes: (number | null)[] = []
    along.subscribe(({ index }) => changes.push(index))
    along.set(0, (before[0] ?? 0) + 2)
    expect(along.values[0]).toBeCloseTo((before[0] ?? 0) + 2, 4)
    expect(along.values[1]).toBeCloseTo(before[1] ?? 0, 4)
    expect(Math.hypot(...code.values.map((value, at) => value - (start[at] ?? 0)))).toBeCloseTo(2, 4)
    expect(code.values[2]).toBe(7)
    expect(changes).toEqual([null])
  })
})

describe('decoding one at a time', () => {
  const slow = () => {
    const answers: ((value: string) => void)[] = []
    const failures: ((error: Error) => void)[] = []
    const work = vi.fn(
      () =>
        new Promise<string>((resolve, reject) => {
          answers.push(resolve)
          failures.push(reject)
        }),
    )
    return { work, answers, failures }
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve))

  it('answers all inputs that came meanwhile with one more run, on account of the earliest', async () => {
    const { work, answers } = slow()
    const done = vi.fn()
    const task = oneAtATime(work, { done, failed: vi.fn() })
    for (let at = 1; at <= 200; at++) task.request(at)
    expect(work).toHaveBeenCalledTimes(1)
    answers[0]?.('first')
    await settled()
    expect(work).toHaveBeenCalledTimes(2)
    answers[1]?.('last')
    await settled()
    expect(done.mock.calls).toEqual([
      ['first', 1],
      ['last', 2],
    ])
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('hears nothing of what began before it was cancelled', async () => {
    const { work, answers } = slow()
    const done = vi.fn()
    const task = oneAtATime(work, { done, failed: vi.fn() })
    task.request(1)
    task.cancel()
    task.request(2)
    answers[1]?.('new')
    answers[0]?.('old')
    await settled()
    expect(done.mock.calls).toEqual([['new', 2]])
  })

  it('goes on after a failure', async () => {
    const { work, answers, failures } = slow()
    const [done, failed] = [vi.fn(), vi.fn()]
    const task = oneAtATime(work, { done, failed })
    task.request(1)
    task.request(2)
    failures[0]?.(new Error('no answer'))
    await settled()
    answers[1]?.('then')
    await settled()
    expect(failed.mock.calls).toEqual([[new Error('no answer')]])
    expect(done.mock.calls).toEqual([['then', 2]])
  })
})
