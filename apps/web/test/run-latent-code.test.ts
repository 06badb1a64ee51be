import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { computeCode } from '../src/features/latent/codeArithmetic'
import { readCode, writeCode } from '../src/features/latent/codeLink'
import { createCodeStore } from '../src/features/latent/codeStore'
import { createDirectionStore } from '../src/features/latent/directionStore'
import { readLink, writeLink } from '../src/features/latent/explorerLink'
import { createExplorerStore, type ExplorerState } from '../src/features/latent/explorerStore'
import { oncePerFrame } from '../src/features/latent/oncePerFrame'
import { oneAtATime } from '../src/features/latent/oneAtATime'
import { pageOf } from '../src/features/latent/pageOf'
import { parseCode } from '../src/features/latent/parseCode'
import { readRows, writeRows } from '../src/features/latent/rowsLink'
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

const state: ExplorerState = {
  along: 'units',
  order: null,
  range: 'extremes',
  projection: null,
  fittedTo: 3,
  of: 'kept',
  colour: 'class',
  grid: { across: null, up: null, side: 12 },
  hidden: [],
  selection: [],
  named: [],
  stops: [],
  isMoved: false,
}

describe('the steps of the explorer', () => {
  it('go back and forward, a movement of the hand as one', () => {
    const store = createExplorerStore(state, [0, 0])
    store.code.set(0, 1)
    store.code.set(0, 2)
    expect(store.can()).toEqual({ undo: false, redo: false })
    store.code.settle()
    store.go([5, 5])
    expect(store.can()).toEqual({ undo: true, redo: false })
    store.undo()
    expect(Array.from(store.code.values)).toEqual([2, 0])
    store.undo()
    expect([Array.from(store.code.values), store.get().isMoved]).toEqual([[0, 0], false])
    expect(store.can()).toEqual({ undo: false, redo: true })
    store.redo()
    expect([Array.from(store.code.values), store.get().isMoved]).toEqual([[2, 0], true])
    store.code.set(1, 7)
    store.code.settle()
    expect(store.can()).toEqual({ undo: true, redo: false })
  })

  it('are of selections and named directions too, but not of what is only looked at', () => {
    const store = createExplorerStore(state, [0])
    store.set({ range: 'prior', colour: 'cluster' })
    expect(store.can().undo).toBe(false)
    store.set({ selection: [1, 2] })
    store.set({ named: [{ kind: 'classes', to: 1, from: 0 }] })
    store.undo()
    expect([store.get().named, store.get().selection, store.get().range]).toEqual([[], [1, 2], 'prior'])
  })

  it('begin with the mean of the epoch that is shown, which a code that was moved leaves alone', () => {
    const store = createExplorerStore(state, [1])
    store.follow([2])
    expect([store.code.values[0], store.can().undo]).toEqual([2, false])
    store.code.set(0, 5)
    store.follow([3])
    expect(store.code.values[0]).toBe(5)
    store.reset([3])
    expect([store.code.values[0], store.get().isMoved, store.can().undo]).toEqual([3, false, true])
  })
})

describe('the link of the explorer', () => {
  const options = { means: [0, 0.5, 1], epoch: 4 }
  const view = {
    z: null,
    along: 'units',
    order: null,
    range: 'extremes',
    map: null,
    fit: null,
    colour: 'class',
    grid: null,
    hide: null,
    named: null,
    of: 'kept',
    towards: null,
    selected: null,
    stops: null,
  } as const

  it('brings back all that it shows', () => {
    const shown: ExplorerState = {
      ...state,
      along: 'named',
      order: 'divergence',
      range: 'quantiles',
      projection: { kind: 'units', across: 2, up: 0 },
      fittedTo: 2,
      colour: 'error',
      grid: { across: 'z3', up: null, side: 20 },
      hidden: [3, 7],
      named: [
        { kind: 'classes', to: 7, from: 1 },
        { kind: 'selection', name: 'schräge Einsen ~_', rows: [0, 5, 69_999] },
      ],
      of: 'all',
      selection: [3, 200, 201],
      stops: [Float32Array.of(1, 2, 3), Float32Array.of(0, 0.25, 1)],
      isMoved: true,
    }
    const store = createExplorerStore(shown, [1 / 3, 0.5, 1])
    const link = writeLink(store, options)
    expect(link).toMatchObject({ map: 'z3-z1', grid: 'z3--20', fit: 2, hide: '3_7', named: '7-1' })
    const read = readLink({ ...view, draw: 1, ...link }, options)
    expect(read).toEqual({ state: shown, code: store.code.values })
  })

  it('is of nothing where nothing was changed', () => {
    const { state: read, code } = readLink({ ...view, draw: 1 }, options)
    expect(read).toEqual({ ...state, fittedTo: 4 })
    expect(writeLink(createExplorerStore(read, code), options)).toEqual(view)
  })

  it('survives what no explorer wrote', () => {
    for (const map of ['z9-z1', 'z0', 'z1-', 'x', 'z1']) expect(readLink({ ...view, draw: 1, map }, options).state.projection).toBeNull()
    for (const grid of ['z9-p0-12', 'x', '--13', 'z1e1'])
      expect(readLink({ ...view, draw: 1, grid }, options).state.grid).toEqual(state.grid)
    const { state: read } = readLink({ ...view, draw: 1, hide: '1_x_1', named: '2-2_a-b_3-4_3-4' }, options)
    expect([read.hidden, read.named]).toEqual([[1], [{ kind: 'classes', to: 3, from: 4 }]])
  })
})

describe('examples in a link', () => {
  it('come back as they were, as bits or as steps', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 69_999 }), { maxLength: 600 }), (rows) => {
        expect(readRows(writeRows(rows))).toEqual(rows.toSorted((a, b) => a - b))
      }),
    )
    const dense = Array.from({ length: 8_000 }, (_, row) => row).filter((row) => row % 3 !== 0)
    expect(readRows(writeRows(dense))).toEqual(dense)
  })

  it('are left out where they are more than it holds, and none are read from what was not written', () => {
    expect(writeRows(Array.from({ length: 9_000 }, (_, at) => at * 7))).toBeNull()
    for (const text of ['x', '', 'b!', 'd____', 'zAAAA']) expect(readRows(text)).toEqual([])
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
