import { codeAt, type MapPlaces, type MapPlane, placeOf } from '@hourglass/autoencoders/latent'
import type { MapExamples } from './mapExamples'

/** How a map lays codes out. */
export interface MapLayout {
  readonly names: readonly [across: string, up: string]
  /** Whether heights say nothing of a code but tell classes apart. */
  readonly isLine: boolean
  readonly placesOf: (examples: MapExamples) => MapPlaces
  /** Where a code is; its height is null on a line. */
  readonly placeOf: (code: Float32Array) => readonly [x: number, y: number | null]
  /** Moves a code to a place. */
  readonly codeAt: (code: Float32Array, place: readonly [number, number]) => Float32Array
}

/** Lays codes out by where they lie in a plane; what is at right angles to it stays where a code is moved. */
export function planeLayout(plane: MapPlane): MapLayout {
  return {
    names: plane.names,
    isLine: plane.up === null,
    placesOf: (examples) => examples.placesOn(plane),
    placeOf: (code) => placeOf(code, plane),
    codeAt: (code, place) => codeAt(code, plane, place),
  }
}
