import type { CounterRandom } from '@hourglass/datasets'
import { type Points, squaredDistance } from './Points.js'

interface DrawOptions {
  readonly clusters: number
  readonly random: CounterRandom
  /** Each start draws other numbers. */
  readonly start: number
}

/**
 * Draws the centres that k-means starts from, [clusters, width], by k-means++: points far from the centres so far are likelier, and of a
 * few candidates the one is taken that leaves the least squared distance. Returns as many as there are distinct points, where those are fewer.
 */
export function drawCentres(points: Points, { clusters, random, start }: DrawOptions): Float64Array {
  const { values, width, count } = points
  const trials = 2 + Math.floor(Math.log(clusters))
  const uniform = new Float32Array(clusters * trials)
  random.fillUniform(uniform, { offset: start * uniform.length })
  const centres: number[] = []
  const take = (row: number) => centres.push(...values.subarray(row * width, (row + 1) * width))
  const distancesTo = (row: number) => {
    const centre = Float64Array.from(values.subarray(row * width, (row + 1) * width))
    const distances = new Float64Array(count)
    for (let other = 0; other < count; other++) distances[other] = squaredDistance(points, other, centre)
    return distances
  }
  const first = Math.min(count - 1, Math.floor((uniform[0] ?? 0) * count))
  take(first)
  let nearest = distancesTo(first)
  for (let centre = 1; centre < clusters; centre++) {
    const total = sumOf(nearest)
    if (total === 0) break
    let best: { readonly row: number; readonly nearest: Float64Array<ArrayBuffer>; readonly left: number } | undefined
    for (let trial = 0; trial < trials; trial++) {
      const row = rowAt(nearest, (uniform[centre * trials + trial] ?? 0) * total)
      const candidate = distancesTo(row)
      for (let index = 0; index < count; index++) candidate[index] = Math.min(candidate[index] as number, nearest[index] as number)
      const left = sumOf(candidate)
      if (!best || left < best.left) best = { row, nearest: candidate, left }
    }
    if (!best) break
    take(best.row)
    nearest = best.nearest
  }
  return Float64Array.from(centres)
}

/** The first row up to which weights sum to more than a target. */
function rowAt(weights: Float64Array, target: number): number {
  let sum = 0
  let last = 0
  for (let row = 0; row < weights.length && sum <= target; row++) {
    const weight = weights[row] as number
    if (weight > 0) last = row
    sum += weight
  }
  return last
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] as number
  return sum
}
