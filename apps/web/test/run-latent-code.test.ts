import { describe, expect, it, vi } from 'vitest'
import { computeCode } from '../src/features/latent/codeArithmetic'
import { readCode, writeCode } from '../src/features/latent/codeLink'
import { createCodeStore } from '../src/features/latent/codeStore'
import { createDirectionStore } from '../src/features/latent/directionStore'
import { pageOf } from '../src/features/latent/pageOf'
import { parseCode } from '../src/features/latent/parseCode'
import { scaleDirections } from '../src/features/latent/scaledDirections'
import { sliderRange } from '../src/features/latent/sliderRange'

describe('a code in a link', () => {
  const means = [0, 0.1, -3, 12.3456]

  it('names only the dimensions that left their mean', () => {
    expect(writeCode([0, 1.25, -3, -0.5], means)).toBe('1_1.25_3_-0.5')
    expect(writeCode(means, means)).toBeNull()
  })

  it('comes back as it was, to the bit', () => {
    const code = Float32Array.of(1.234_567_89, -0.000_123_45, -3, 1 / 3)
    expect(readCode(writeCode(code, means), means)).toEqual(code)
  })

  it('survives a link that names unknown dimensions or no numbers', () => {
    expect(Array.from(readCode('9_1_x_2_0_NaN_1__2_7', [0, 1, 2]))).toEqual([0, 1, 7])
    expect(Array.from(readCode(null, [1, 2]))).toEqual([1, 2])
    expect(Array.from(readCode('', [1, 2]))).toEqual([1, 2])
  })

  it('is written whole where many dimensions moved, and left out where it is too long for an address', () => {
    const code = Float32Array.from({ length: 300 }, (_, index) => Math.sin(index + 0.5))
    const text = writeCode(code, new Array(300).fill(0))
    expect(text).toMatch(/^b[\w.-]+$/)
    expect(readCode(text, new Array(300).fill(0))).toEqual(code)
    expect(readCode(text, [0, 1])).toEqual(Float32Array.of(0, 1))
    expect(readCode('b*', [0, 1])).toEqual(Float32Array.of(0, 1))
    expect(writeCode(new Array(1025).fill(1), new Array(1025).fill(0))).toBeNull()
  })
})

describe('a code that is typed', () => {
  it('is read as JSON or as numbers between commas and spaces', () => {
    for (const text of ['[1, -0.5,2e1]', '1 -0.5 20', ' 1;-0.5,\n20 ']) expect(parseCode(text, 3)).toEqual(Float32Array.of(1, -0.5, 20))
  })

  it('is refused where it has another length, or a number that is none', () => {
    expect(() => parseCode('1 2', 3)).toThrow('Expected 3 numbers, got 2.')
    expect(() => parseCode('1 NaN 2', 3)).toThrow('Expected a finite number for z2, got NaN.')
    expect(() => parseCode('[1, 2, 1e99]', 3)).toThrow('Expected a finite number for z3, got 1e99.')
  })
})

describe('arithmetic with codes', () => {
  const options = { codes: Float32Array.of(1, 0, 3, 2, 5, 10), labels: [1, 1, 7], code: Float32Array.of(100, 200), selection: [1, 2] }

  it('is of examples, means and the current code, each with a sign and a factor', () => {
    const of = (text: string) => Array.from(computeCode(text, options))
    expect(of('[2] − mean 7 + mean 1')).toEqual([2, 1])
    expect(of('-2 code + 0.5*[1]')).toEqual([-198.5, -399])
    expect(of('MEAN')).toEqual([3, 4])
    expect(of(' selection - mean  1 ')).toEqual([2, 5])
  })

  it('says what is not understood, and what is not there', () => {
    const refused = (text: string) => () => computeCode(text, options)
    expect(refused('')).toThrow('Expected a term')
    expect(refused('[1] mean 1')).toThrow('Expected + or − and a term, such as [12], mean 7, mean, selection or code, got “mean 1”.')
    expect(refused('median 1')).toThrow('got “median 1”')
    expect(refused('[1] + ')).toThrow('got “+”')
    expect(refused('[3]')).toThrow('There is no test example 3: they are counted from 0 to 2.')
    expect(refused('mean 4')).toThrow('There is no test example of class 4.')
    expect(() => computeCode('selection', { ...options, selection: [] })).toThrow('Nothing is selected on the map.')
    expect(() => computeCode('selection', { ...options, selection: [1, 99] })).toThrow(
      'The selection has examples whose codes are not on this page',
    )
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

  it('moves in standard deviations of the codes along it', () => {
    const axes = { mean: Float32Array.of(1, 0), directions: Float32Array.of(1, 0), count: 1 }
    const scaled = scaleDirections(Float32Array.of(-1, 4, 3, -4), axes)
    expect(scaled.spreads).toEqual([{ index: 0, minimum: -1, maximum: 1, mean: 0, standardDeviation: 1 }])
    expect([Array.from(scaled.along(0)), scaled.origin(0)]).toEqual([[-1, 1], -0.5])
    const code = createCodeStore([1, 9])
    createDirectionStore(code, axes, scaled.units).set(0, 1.5)
    expect(Array.from(code.values)).toEqual([4, 9])
  })
})
