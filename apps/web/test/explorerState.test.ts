import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLink, writeLink } from '../src/features/latent/explorerLink'
import { createExplorerStore, type ExplorerState } from '../src/features/latent/explorerStore'
import { WHOLE } from '../src/features/latent/gridWindow'
import { readRows, writeRows } from '../src/features/latent/rowsLink'

const state: ExplorerState = {
  along: 'units',
  order: null,
  range: 'extremes',
  projection: null,
  fittedTo: 3,
  of: 'kept',
  colour: 'class',
  grid: { across: null, up: null, side: 12, window: WHOLE },
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
      grid: { across: 'z3', up: null, side: 20, window: { left: -0.5, bottom: 0.25, scale: 2.5 } },
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
    expect(link).toMatchObject({ map: 'z3-z1', grid: 'z3--20-n0.5_0.25_2.5', fit: 2, hide: '3_7', named: '7-1' })
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
    for (const grid of [
      'z9-p0-12',
      'x',
      '--13',
      'z1e1',
      '--12-1_2',
      '--12-0_0_0',
      '--12-0_0_65',
      '--12-999_0_1',
      '--12-0_-1_1',
      '--12-0_0_1e1',
    ])
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
