import { nearestCodes } from '@hourglass/autoencoders/latent'
import KDBush from 'kdbush'
import type { MapExamples } from './mapExamples'
import type { MapLayout } from './mapLayout'

/** Codes that UMAP has laid out. */
export interface Embedding {
  /** `[count, size]` */
  readonly codes: Float32Array
  /** `[count, 2]` */
  readonly places: Float32Array
}

/** Neighbours by which what UMAP has not laid out is placed. */
const NEIGHBOURS = 5
/** Keeps a distance of 0 from weighing everything. */
const LEAST = 1e-6

/** Lays codes out where UMAP has put them; others lie between the codes that are nearest to them, and a place stands for a code between those that lie nearest to it. */
export function umapLayout({ codes, places }: Embedding): MapLayout {
  const count = places.length / 2
  const size = codes.length / count
  const tree = new KDBush(count, 64, Float32Array)
  for (let row = 0; row < count; row++) tree.add(places[2 * row] as number, places[2 * row + 1] as number)
  tree.finish()
  const placeOf = (code: Float32Array): readonly [number, number] => {
    const near = nearestCodes(code, { codes, wanted: NEIGHBOURS }).map(({ index, distance }) => ({ index, weight: 1 / (distance + LEAST) }))
    const total = near.reduce((sum, { weight }) => sum + weight, 0)
    const along = (axis: 0 | 1) => near.reduce((sum, { index, weight }) => sum + (weight / total) * (places[2 * index + axis] as number), 0)
    return [along(0), along(1)]
  }
  return {
    names: ['UMAP 1', 'UMAP 2'],
    isLine: false,
    placesOf: (examples) => placesIn(examples, { codes, places, size, placeOf }),
    placeOf,
    codeAt: (code, [x, y]) => {
      const near = nearestPlaces(tree, places, [x, y])
      const total = near.reduce((sum, { weight }) => sum + weight, 0)
      if (total === 0) return code
      return Float32Array.from({ length: size }, (_, unit) =>
        near.reduce((sum, { row, weight }) => sum + (weight / total) * (codes[row * size + unit] as number), 0),
      )
    },
  }
}

interface PlacesIn extends Embedding {
  readonly size: number
  readonly placeOf: (code: Float32Array) => readonly [number, number]
}

function placesIn({ codes: shown, labels }: MapExamples, { codes, places, size, placeOf }: PlacesIn) {
  const count = labels.length
  const [x, y] = [new Float32Array(count), new Float32Array(count)]
  for (let row = 0; row < count; row++) {
    const isSame = shown !== null && isEqual(shown, codes, { from: row * size, size })
    const [right, above] = isSame
      ? [places[2 * row] as number, places[2 * row + 1] as number]
      : shown
        ? placeOf(shown.subarray(row * size, (row + 1) * size))
        : [Number.NaN, Number.NaN]
    x[row] = right
    y[row] = above
  }
  return { x, y }
}

function isEqual(a: Float32Array, b: Float32Array, { from, size }: { readonly from: number; readonly size: number }): boolean {
  if (from + size > b.length) return false
  for (let at = from; at < from + size; at++) if (a[at] !== b[at]) return false
  return true
}

/** Finds the places nearest to one, within twice the distance to the nearest. */
function nearestPlaces(tree: KDBush, places: Float32Array, [x, y]: readonly [number, number]) {
  for (let reach = 0.05; reach < 1e4; reach *= 2) {
    const found = tree.within(x, y, reach)
    if (found.length < NEIGHBOURS && found.length < places.length / 2) continue
    return found
      .map((row) => ({ row, distance: Math.hypot((places[2 * row] as number) - x, (places[2 * row + 1] as number) - y) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, NEIGHBOURS)
      .map(({ row, distance }) => ({ row, weight: 1 / (distance + LEAST) }))
  }
  return []
}
