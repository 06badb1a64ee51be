'use client'
import { drawPrior, type LatentModel, wholeArrows } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { useReconstructed } from './useReconstructed'

/** Test points of the plane with normal noise on them, and where a model brings them. */
export interface CorruptedPoints {
  /** Of the noise on each coordinate. */
  readonly deviation: number
  /** Interleaved x and y, as all of the following. */
  readonly points: Float32Array
  readonly reconstructions: Float32Array
  /** Pairs of ends: from each point to its reconstruction. */
  readonly arrows: Float32Array
  /** Around each chosen test point a circle with the noise’s standard deviation as its radius. */
  readonly circles: readonly Float32Array[]
}

interface CorruptedPointsState {
  readonly corrupted: CorruptedPoints | null
  readonly error: Error | null
  readonly retry: () => void
}

/** Points corrupted of each chosen test point; more would hide the field. */
const EACH = 14
const SEED = 1
const CIRCLE = 72
const BARB_SHARE = 0.25

const nothing = new Float32Array()

/** Corrupts two test points, far from each other, several times, and asks a model where it brings them; nothing for no deviation. */
export function useCorruptedPoints(model: LatentModel | null, tests: Float32Array | null, deviation: number | null): CorruptedPointsState {
  const chosen = useMemo(() => (tests && deviation !== null ? farApart(tests) : []), [tests, deviation])
  const points = useMemo(() => corrupt(chosen, deviation ?? 0), [chosen, deviation])
  const { values, error, retry } = useReconstructed(points.length > 0 ? model : null, points, points.length / 2)
  const corrupted = useMemo(
    () =>
      deviation !== null && points.length > 0 && values?.length === points.length
        ? {
            deviation,
            points,
            reconstructions: values,
            arrows: wholeArrows(points, values, BARB_SHARE * deviation),
            circles: chosen.map((centre) => circleAround(centre, deviation)),
          }
        : null,
    [chosen, points, values, deviation],
  )
  return { corrupted, error, retry }
}

type Centre = readonly [x: number, y: number]

/** Picks the first test point, and the one that is furthest from it. */
function farApart(tests: Float32Array): readonly Centre[] {
  const all = Array.from({ length: tests.length / 2 }, (_, index): Centre => [tests[2 * index] ?? 0, tests[2 * index + 1] ?? 0])
  const [first] = all
  if (!first) return []
  const distance = ([x, y]: Centre) => Math.hypot(x - first[0], y - first[1])
  const furthest = all.reduce((best, each) => (distance(each) > distance(best) ? each : best), first)
  return furthest === first ? [first] : [first, furthest]
}

function corrupt(centres: readonly Centre[], deviation: number): Float32Array {
  if (centres.length === 0) return nothing
  const noise = drawPrior({ seed: SEED, count: EACH * centres.length, size: 2 })
  return noise.map((value, index) => (centres[Math.floor(index / (2 * EACH))]?.[index % 2] ?? 0) + deviation * value)
}

function circleAround([x, y]: Centre, radius: number): Float32Array {
  const turns = Array.from({ length: CIRCLE + 1 }, (_, index) => (2 * Math.PI * index) / CIRCLE)
  return Float32Array.from(turns.flatMap((turn) => [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]))
}
