import { polygonContains } from 'd3-polygon'
import KDBush from 'kdbush'
import type { MapPlaces } from './mapPlane'

/** Finds points of the map by where they are. */
export interface MapIndex {
  /** The nearest point within a distance of a place that may be seen; null for none. */
  readonly nearest: (x: number, y: number, within: number) => number | null
  /** Points that may be seen within a polygon, ascending. */
  readonly inside: (polygon: readonly (readonly [number, number])[]) => readonly number[]
}

const NOWHERE = 1e30

/** Orders places, so that what is near one is found without looking at all. */
export function indexPlaces({ x, y }: MapPlaces, isSeen: (index: number) => boolean): MapIndex {
  const tree = new KDBush(x.length, 64, Float32Array)
  // What is nowhere is where nobody looks: a tree does not order what is no number.
  const place = (value: number) => (Number.isFinite(value) ? value : NOWHERE)
  for (const [index, value] of x.entries()) tree.add(place(value), place(y[index] as number))
  tree.finish()
  return {
    nearest(atX, atY, within) {
      let found: number | null = null
      let least = Number.POSITIVE_INFINITY
      for (const index of tree.within(atX, atY, within)) {
        const distance = Math.hypot((x[index] as number) - atX, (y[index] as number) - atY)
        if (isSeen(index) && (distance < least || (distance === least && index < (found ?? 0)))) [found, least] = [index, distance]
      }
      return found
    },
    inside(polygon) {
      const [across, up] = [polygon.map(([right]) => right), polygon.map(([, down]) => down)]
      const corners = polygon.map(([right, down]): [number, number] => [right, down])
      return tree
        .range(Math.min(...across), Math.min(...up), Math.max(...across), Math.max(...up))
        .filter((index) => isSeen(index) && polygonContains(corners, [x[index] as number, y[index] as number]))
        .toSorted((a, b) => a - b)
    },
  }
}
