import { type ChosenNoise, type GreyImage, type PlacedImage, type Placement, placeImage } from '@hourglass/autoencoders/latent'

/** An example that somebody has made, and what is done to it. A state is replaced, never changed. */
export interface DrawState {
  /** What was drawn or read, before it was placed; null where the example came otherwise. */
  readonly ink: GreyImage | null
  /** What it is, in words; null for what was drawn. */
  readonly origin: string | null
  readonly placement: Placement
  /** How it was placed; null where nothing was. */
  readonly placed: PlacedImage | null
  /** `[values of one example]`; null before there is one. */
  readonly example: Float32Array | null
  readonly noise: ChosenNoise
  /** 1 where a value is rubbed out, `[values of one example]`. */
  readonly rubbed: Uint8Array
  /** Why what came last was not taken. */
  readonly problem: string | null
  /** Whether a stroke is under way. */
  readonly isMoving: boolean
}

export interface DrawStore {
  readonly get: () => DrawState
  readonly set: (changes: Partial<DrawState>) => void
  /** Takes an image, placed as is chosen. One on which there is nothing to see is a problem, and leaves what was there. */
  readonly put: (ink: GreyImage, more: { readonly origin: string | null; readonly isMoving?: boolean }) => void
  /** Takes an example as it is. */
  readonly take: (example: Float32Array, origin: string) => void
  readonly place: (placement: Placement) => void
  readonly clear: () => void
  readonly subscribe: (listener: () => void) => () => void
}

/** Creates the store of what is drawn, for examples of a shape. */
export function createDrawStore(
  exampleShape: readonly number[],
  initial: Pick<DrawState, 'placement' | 'example' | 'noise' | 'origin'> & { readonly rubbed: Uint8Array | null },
): DrawStore {
  const [height = 1, width = 1] = exampleShape
  const size = exampleShape.reduce((product, length) => product * length, 1)
  const listeners = new Set<() => void>()
  let state: DrawState = {
    ...initial,
    ink: null,
    placed: null,
    rubbed: initial.rubbed ?? new Uint8Array(size),
    problem: null,
    isMoving: false,
  }
  const set = (changes: Partial<DrawState>) => {
    state = { ...state, ...changes }
    for (const listener of listeners) listener()
  }
  const put: DrawStore['put'] = (ink, { origin, isMoving = false }) => {
    try {
      const placed = placeImage(ink, { height, width, placement: state.placement })
      // As bytes, which is what data sets and links have.
      const example = placed.values.map((value) => Math.round(255 * value) / 255)
      set({ ink, origin, placed, example, problem: null, isMoving })
    } catch {
      set({ problem: 'There is nothing to see on it: it is the same everywhere.', isMoving })
    }
  }
  return {
    get: () => state,
    set,
    put,
    take: (example, origin) => set({ ink: null, placed: null, example, origin, problem: null, isMoving: false }),
    place(placement) {
      set({ placement })
      if (state.ink) put(state.ink, { origin: state.origin })
    },
    clear: () =>
      set({ ink: null, placed: null, example: null, origin: null, rubbed: new Uint8Array(size), problem: null, isMoving: false }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
