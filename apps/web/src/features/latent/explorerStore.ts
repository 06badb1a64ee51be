import type { CodeRangeKind, DimensionOrder } from '@hourglass/autoencoders/latent'
import { type CodeStore, createCodeStore } from './codeStore'
import type { GridChoice } from './gridOptions'
import type { MapColour, MapSet, Projection } from './mapOptions'
import type { NamedDirection } from './namedDirections'

/** What the sliders move: single units, principal directions of the codes, or directions with a name. */
export const slidersAlong = ['units', 'directions', 'named'] as const
export type SlidersAlong = (typeof slidersAlong)[number]

/** What the explorer shows. A state is replaced, never changed. */
export interface ExplorerState {
  readonly along: SlidersAlong
  /** Order of the units' sliders; null takes that which suits their number. */
  readonly order: DimensionOrder | null
  /** What sliders reach over. */
  readonly range: CodeRangeKind
  /** What the map lays codes out by; null takes what suits the code's size. */
  readonly projection: Projection | null
  /** The epoch whose codes the map was fitted to. */
  readonly fittedTo: number
  /** Which examples the map shows. */
  readonly of: MapSet
  readonly colour: MapColour
  readonly grid: GridChoice
  /** Classes that the map leaves out. */
  readonly hidden: readonly number[]
  /** Examples that are selected, by their rows among all of the run: test examples come first. */
  readonly selection: readonly number[]
  readonly named: readonly NamedDirection[]
  /** Codes that a path goes through. */
  readonly stops: readonly Float32Array[]
  /** Whether the code was moved: until then it is the mean of whichever epoch is shown. */
  readonly isMoved: boolean
}

/** What can be undone. */
type Step = Pick<ExplorerState, 'selection' | 'named' | 'stops' | 'isMoved'> & { readonly code: Float32Array }

export interface ExplorerStore {
  /** The live code, which moves without React. */
  readonly code: CodeStore
  readonly get: () => ExplorerState
  /** Changes the state at once. A change of what can be undone is a step. */
  readonly set: (changes: Partial<ExplorerState>) => void
  /** Sets the whole code, as one step. */
  readonly go: (code: ArrayLike<number>, at?: number) => void
  /** Goes back to the mean code, as one step. */
  readonly reset: (mean: ArrayLike<number>, at?: number) => void
  /** Takes the mean of another epoch, unless the code was moved. No step. */
  readonly follow: (mean: ArrayLike<number>) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Whether there is something to undo, or to redo. */
  readonly can: () => { readonly undo: boolean; readonly redo: boolean }
  readonly subscribe: (listener: () => void) => () => void
}

/** Steps that are remembered. */
const MOST_STEPS = 200

/** Creates the one store that all parts of the explorer read and write. */
export function createExplorerStore(initial: ExplorerState, code: ArrayLike<number>): ExplorerStore {
  const live = createCodeStore(code)
  const listeners = new Set<() => void>()
  let state = initial
  const stepNow = (): Step => ({
    code: live.values.slice(),
    selection: state.selection,
    named: state.named,
    stops: state.stops,
    isMoved: state.isMoved,
  })
  let settled = stepNow()
  let past: readonly Step[] = []
  let future: readonly Step[] = []
  let can = { undo: false, redo: false }
  let isSilent = false

  const tell = () => {
    const next = { undo: past.length > 0, redo: future.length > 0 }
    if (next.undo !== can.undo || next.redo !== can.redo) can = next
    for (const listener of listeners) listener()
  }
  const settle = () => {
    const now = stepNow()
    if (!isSame(now, settled)) {
      past = [...past, settled].slice(-MOST_STEPS)
      future = []
      settled = now
    }
    tell()
  }
  /** Sets the code as something other than a movement. */
  const quietly = (values: ArrayLike<number>, at?: number) => {
    isSilent = true
    try {
      live.replace(values, at)
    } finally {
      isSilent = false
    }
  }
  const take = (step: Step) => {
    const { code: values, ...rest } = step
    settled = step
    state = { ...state, ...rest }
    quietly(values)
    tell()
  }
  live.subscribe(() => {
    if (isSilent || state.isMoved) return
    state = { ...state, isMoved: true }
    tell()
  })
  live.onSettled(settle)

  return {
    code: live,
    get: () => state,
    set(changes) {
      state = { ...state, ...changes }
      settle()
    },
    go(values, at) {
      live.replace(values, at)
      settle()
    },
    reset(mean, at) {
      quietly(mean, at)
      state = { ...state, isMoved: false }
      settle()
    },
    follow(mean) {
      if (state.isMoved) return
      quietly(mean)
      settled = { ...settled, code: live.values.slice() }
      tell()
    },
    undo() {
      settle()
      const step = past.at(-1)
      if (!step) return
      past = past.slice(0, -1)
      future = [settled, ...future]
      take(step)
    },
    redo() {
      settle()
      const [step, ...rest] = future
      if (!step) return
      future = rest
      past = [...past, settled]
      take(step)
    },
    can: () => can,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function isSame(a: Step, b: Step): boolean {
  return (
    a.selection === b.selection &&
    a.named === b.named &&
    a.stops === b.stops &&
    a.isMoved === b.isMoved &&
    a.code.every((value, index) => value === (b.code[index] as number))
  )
}
