import type { Row } from './network.js'

export interface Eigen {
  readonly value: number
  readonly vector: Row
}

/** Decomposes a symmetric matrix by Jacobi's rotations; the largest eigenvalue comes first. */
export function eigenOf(matrix: readonly Row[]): readonly Eigen[] {
  const size = matrix.length
  const a = matrix.map((row) => Float64Array.from(row))
  const v = matrix.map((_, index) => Float64Array.from({ length: size }, (__, column) => (column === index ? 1 : 0)))
  const at = (rows: readonly Row[], row: number, column: number) => rows[row]?.[column] ?? Number.NaN
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    let all = 0
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const square = at(a, row, column) ** 2
        all += square
        if (row !== column) off += square
      }
    if (off <= 1e-26 * all) break
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = at(a, p, q)
        if (apq === 0) continue
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
        const c = 1 / Math.hypot(t, 1)
        const s = t * c
        for (const row of a) rotate(row, p, q, c, s)
        rotateRows(a, p, q, c, s)
        for (const row of v) rotate(row, p, q, c, s)
      }
    }
  }
  return Array.from({ length: size }, (_, index) => ({
    value: at(a, index, index),
    vector: Float64Array.from(v, (row) => row[index] ?? 0),
  })).sort((first, second) => second.value - first.value)
}

function rotate(row: Row, p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p] ?? 0, row[q] ?? 0]
  row[p] = c * x - s * y
  row[q] = s * x + c * y
}

function rotateRows(rows: readonly Row[], p: number, q: number, c: number, s: number): void {
  const [first, second] = [rows[p] ?? new Float64Array(), rows[q] ?? new Float64Array()]
  for (let index = 0; index < first.length; index++) {
    const [x, y] = [first[index] ?? 0, second[index] ?? 0]
    first[index] = c * x - s * y
    second[index] = s * x + c * y
  }
}

export function dot(a: Row, b: Row): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

/** Products of every row with every row. */
export const gramOf = (rows: readonly Row[]): readonly Row[] => rows.map((row) => Float64Array.from(rows, (other) => dot(row, other)))

/** Products of every column with every column. */
export function gramOfColumns(rows: readonly Row[]): readonly Row[] {
  const width = rows[0]?.length ?? 0
  const gram = Array.from({ length: width }, () => new Float64Array(width))
  for (const row of rows) {
    for (let i = 0; i < width; i++) {
      const [factor, sums] = [row[i] ?? 0, gram[i] ?? new Float64Array()]
      if (factor !== 0) for (let j = 0; j < width; j++) sums[j] = (sums[j] ?? 0) + factor * (row[j] ?? 0)
    }
  }
  return gram
}

/** Singular values of a product A B, from AᵀA and B Bᵀ, falling. */
export function singularValuesOfProduct(gramOfA: readonly Row[], gramOfB: readonly Row[]): readonly number[] {
  const roots = eigenOf(gramOfB).map(({ value, vector }) => ({
    vector,
    image: Float64Array.from(gramOfA, (row) => dot(row, vector)),
    root: Math.sqrt(Math.max(0, value)),
  }))
  const middle = roots.map((first) => Float64Array.from(roots, (second) => first.root * second.root * dot(first.vector, second.image)))
  return eigenOf(middle).map(({ value }) => Math.sqrt(Math.max(0, value)))
}

export interface Components {
  readonly mean: Row
  /** Orthonormal, of falling variance; those along which nothing varies are left out. */
  readonly directions: readonly Row[]
  /** Of the examples’ variance, the share along each. */
  readonly shares: readonly number[]
}

const componentsFound = new WeakMap<readonly Row[], Components>()

/** Finds principal components: eigenvectors of the examples' products, which are few, or of their values' products, whichever are fewer. */
export function componentsOf(examples: readonly Row[]): Components {
  const known = componentsFound.get(examples) ?? findComponents(examples)
  componentsFound.set(examples, known)
  return known
}

function findComponents(examples: readonly Row[]): Components {
  const size = examples[0]?.length ?? 0
  const mean = Float64Array.from(
    { length: size },
    (_, index) => examples.reduce((sum, row) => sum + (row[index] ?? 0), 0) / examples.length,
  )
  const centred = examples.map((row) => row.map((value, index) => value - (mean[index] ?? 0)))
  const byExamples = examples.length < size
  const found = eigenOf(byExamples ? gramOf(centred) : gramOfColumns(centred))
  const largest = found[0]?.value ?? 0
  const kept = found.filter(({ value }) => value > 1e-7 * largest).slice(0, Math.max(0, examples.length - 1))
  const directions = byExamples ? kept.map(({ vector }) => unit(combine(centred, vector))) : kept.map(({ vector }) => vector)
  const total = found.reduce((sum, { value }) => sum + Math.max(0, value), 0)
  return { mean, directions, shares: kept.map(({ value }) => value / total) }
}

export function project({ mean, directions }: Components, row: Row, count: number): Row {
  const centred = row.map((value, index) => value - (mean[index] ?? 0))
  return Float64Array.from(directions.slice(0, count), (direction) => dot(direction, centred))
}

export function restore({ mean, directions }: Components, code: Row): Row {
  const row = Float64Array.from(mean)
  code.forEach((factor, place) => {
    const direction = directions[place]
    if (direction) for (let index = 0; index < row.length; index++) row[index] = (row[index] ?? 0) + factor * (direction[index] ?? 0)
  })
  return row
}

function combine(rows: readonly Row[], factors: Row): Row {
  const sum = new Float64Array(rows[0]?.length ?? 0)
  rows.forEach((row, place) => {
    for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (factors[place] ?? 0) * (row[index] ?? 0)
  })
  return sum
}

function unit(row: Row): Row {
  const length = Math.sqrt(dot(row, row))
  return row.map((value) => value / length)
}

/** Principal angles between the space of some columns and that of orthonormal rows, ascending: arccosines of the singular values of Q₁ᵀ Q₂. */
export function anglesBetween(columns: readonly Row[], directions: readonly Row[]): readonly number[] {
  // Orthonormal: columns combined by the eigenvectors of their products, each divided by its length.
  const basis = eigenOf(gramOf(columns)).map(({ vector }) => unit(combine(columns, vector)))
  const cosines = basis.map((each) => Float64Array.from(directions, (direction) => dot(each, direction)))
  return eigenOf(gramOf(cosines)).map(({ value }) => Math.acos(Math.min(1, Math.sqrt(Math.max(0, value)))))
}
