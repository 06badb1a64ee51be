import { labelColour } from '../../ui/labelColours'
import { toPixel } from './rasterPoints'

/** Colours of the points of a map. */
export interface Colouring {
  /** Of each point, a place of the palette. */
  readonly colours: Uint8Array
  /** Makes the palette for how the page looks now. */
  readonly palette: (colourOf: (name: string) => string) => Uint32Array
}

/** Steps of the scale that errors are coloured by. */
const STEPS = 32

/** Colours points by class, or by the cluster that they fell into; those of some classes are not drawn. */
export function colourByLabel(labels: ArrayLike<number>, hidden: readonly number[] = []): Colouring {
  const all = [...new Set(Array.from(labels))].toSorted((a, b) => a - b).slice(0, 255)
  const places = new Map(all.map((label, place) => [label, place + 1]))
  return {
    // Class 0 of the palette is never drawn.
    colours: Uint8Array.from(labels, (label) => (hidden.includes(label) ? 0 : (places.get(label) ?? 0))),
    palette: (colourOf) => Uint32Array.of(0, ...all.map((label) => toPixel(all.length > 1 ? labelColour(label) : colourOf('--hg-accent')))),
  }
}

export interface ValueColouring {
  readonly values: ArrayLike<number>
  readonly isHidden: (index: number) => boolean
  /** Ends of the scale; values beyond them have its last colours. */
  readonly least: number
  readonly greatest: number
}

/** Colours points by a number of each; one that is not finite is not drawn. */
export function colourByValue({ values, isHidden, least, greatest }: ValueColouring): Colouring {
  const reach = greatest - least || 1
  const stepOf = (value: number) => 1 + Math.min(STEPS - 1, Math.max(0, Math.floor((STEPS * (value - least)) / reach)))
  return {
    colours: Uint8Array.from(values, (value, index) => (isHidden(index) || !Number.isFinite(value) ? 0 : stepOf(value))),
    palette(colourOf) {
      const [low, high] = [toPixel(colourOf('--hg-scale-low')), toPixel(colourOf('--hg-scale-high'))]
      return Uint32Array.from({ length: STEPS + 1 }, (_, step) => (step === 0 ? 0 : mix(low, high, (step - 1) / (STEPS - 1))))
    },
  }
}

function mix(low: number, high: number, share: number): number {
  const channel = (shift: number) => Math.round(((low >>> shift) & 255) * (1 - share) + ((high >>> shift) & 255) * share)
  return (0xff000000 | (channel(16) << 16) | (channel(8) << 8) | channel(0)) >>> 0
}
