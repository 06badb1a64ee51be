import type { Row } from './network.js'

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export const clip = (row: Row): Row => row.map((value) => Math.min(1, Math.max(0, value)))

const squaredError = (a: Row, b: Row) => a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0) / a.length

export const meanSquaredErrorOf = (originals: readonly Row[], made: readonly Row[]) =>
  mean(originals.map((row, index) => squaredError(row, made[index] ?? new Float64Array())))

/** A ratio of each image, at most 100 dB, of the peak 1. */
export const decibelsOf = (originals: readonly Row[], made: readonly Row[]) =>
  mean(originals.map((row, index) => Math.min(100, -10 * Math.log10(squaredError(row, made[index] ?? new Float64Array())))))

const WINDOW = 11
const [C1, C2] = [0.01 ** 2, 0.03 ** 2]
const gaussian = (() => {
  const heights = Array.from({ length: WINDOW }, (_, index) => Math.exp(-((index - 5) ** 2) / (2 * 1.5 ** 2)))
  const sum = heights.reduce((all, height) => all + height, 0)
  return heights.map((height) => height / sum)
})()

/** Structural similarity by its definition, in every window that lies inside the image (Wang et al. 2004). */
export function similarityOf(original: Row, made: Row, [height, width]: readonly [number, number]): number {
  const found: number[] = []
  for (let top = 0; top + WINDOW <= height; top++) {
    for (let left = 0; left + WINDOW <= width; left++) {
      const sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 }
      for (let dy = 0; dy < WINDOW; dy++) {
        for (let dx = 0; dx < WINDOW; dx++) {
          const weight = (gaussian[dy] ?? 0) * (gaussian[dx] ?? 0)
          const place = (top + dy) * width + left + dx
          const [x, y] = [original[place] ?? 0, made[place] ?? 0]
          sums.x += weight * x
          sums.y += weight * y
          sums.xx += weight * x * x
          sums.yy += weight * y * y
          sums.xy += weight * x * y
        }
      }
      const covariance = sums.xy - sums.x * sums.y
      const variances = sums.xx - sums.x ** 2 + (sums.yy - sums.y ** 2)
      found.push(((2 * sums.x * sums.y + C1) * (2 * covariance + C2)) / ((sums.x ** 2 + sums.y ** 2 + C1) * (variances + C2)))
    }
  }
  return mean(found)
}

/** Columns of rows. */
export const columnsOf = (rows: readonly Row[]): readonly Row[] =>
  Array.from(rows[0] ?? [], (_, column) => Float64Array.from(rows, (row) => row[column] ?? 0))

export function varianceOf(values: Row): number {
  const centre = mean([...values])
  return mean(Array.from(values, (value) => (value - centre) ** 2))
}

/** How two labellings of the same examples agree: normalised mutual information and adjusted Rand index. */
export function agreementOf(first: readonly number[], second: readonly number[]): { readonly information: number; readonly rand: number } {
  const [rows, columns] = [[...new Set(first)], [...new Set(second)]]
  const table = rows.map((row) => columns.map((column) => first.filter((label, index) => label === row && second[index] === column).length))
  const ofRows = table.map((cells) => cells.reduce((sum, count) => sum + count, 0))
  const ofColumns = columns.map((_, column) => table.reduce((sum, cells) => sum + (cells[column] ?? 0), 0))
  const total = first.length
  const entropy = (counts: readonly number[]) =>
    -counts.reduce((sum, count) => sum + (count === 0 ? 0 : (count / total) * Math.log(count / total)), 0)
  const entropies = entropy(ofRows) + entropy(ofColumns)
  const shared = entropies - entropy(table.flat())
  const pairs = (counts: readonly number[]) => counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  const expected = (pairs(ofRows) * pairs(ofColumns)) / pairs([total])
  const most = (pairs(ofRows) + pairs(ofColumns)) / 2
  return {
    information: entropies === 0 ? 1 : Math.max(0, (2 * shared) / entropies),
    rand: most === expected ? 1 : (pairs(table.flat()) - expected) / (most - expected),
  }
}

function distance(a: Row, b: Row): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2
  return sum
}

export interface Clusters {
  readonly inertia: number
  readonly clusters: readonly number[]
}

/** One start of k-means from centres drawn as k-means++ does. */
export function clusterOnce(rows: readonly Row[], k: number, random: () => number): Clusters {
  const centres: Row[] = [rows[Math.floor(random() * rows.length)] ?? new Float64Array()]
  while (centres.length < k) {
    const distances = rows.map((row) => Math.min(...centres.map((centre) => distance(row, centre))))
    const wanted = random() * distances.reduce((sum, each) => sum + each, 0)
    const place = distances.findIndex((_, index) => distances.slice(0, index + 1).reduce((sum, each) => sum + each, 0) > wanted)
    if (place < 0) break
    centres.push(rows[place] ?? new Float64Array())
  }
  let clusters: readonly number[] = []
  for (let iteration = 0; iteration < 50; iteration++) {
    const nearest = rows.map((row) => {
      const distances = centres.map((centre) => distance(row, centre))
      return distances.indexOf(Math.min(...distances))
    })
    if (nearest.every((cluster, index) => cluster === clusters[index])) break
    clusters = nearest
    for (const [cluster] of centres.entries()) {
      const members = rows.filter((_, index) => clusters[index] === cluster)
      if (members.length > 0) centres[cluster] = Float64Array.from(columnsOf(members), (column) => mean([...column]))
    }
  }
  return { clusters, inertia: rows.reduce((sum, row, index) => sum + distance(row, centres[clusters[index] ?? 0] ?? row), 0) }
}
