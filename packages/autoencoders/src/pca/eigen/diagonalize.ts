import type { Tridiagonal } from './tridiagonalize.js'

/** How many rows are rotated side by side, so that the processor does not wait for one rotation before it begins the next. */
const ROWS = 4

/**
 * Diagonalizes a tridiagonal matrix by implicit QL steps: the procedure tql2 of EISPACK (Bowdler, Martin, Reinsch & Wilkinson 1968). Each step's
 * rotations are noted and then applied to one row of Q after another, which stays in the cache meanwhile. Changes what it is given; the diagonal
 * becomes the eigenvalues, in no order. Returns the eigenvectors as columns, [size][size], row-major.
 */
export function diagonalize({ diagonal: d, offDiagonal: e, transposed }: Tridiagonal): Float64Array {
  const size = d.length
  const v = transpose(transposed, size)
  const cosines = new Float64Array(size)
  const sines = new Float64Array(size)
  e.copyWithin(0, 1)
  e[size - 1] = 0
  let shift = 0
  let largest = 0
  for (let l = 0; l < size; l++) {
    largest = Math.max(largest, Math.abs(d[l] ?? 0) + Math.abs(e[l] ?? 0))
    const negligible = Number.EPSILON * largest
    let m = l
    while (m < size - 1 && Math.abs(e[m] ?? 0) > negligible) m++
    if (m > l) {
      do {
        shift += step(l, m)
        rotate(v, size, { cosines, sines, first: l, last: m })
      } while (Math.abs(e[l] ?? 0) > negligible)
    }
    d[l] = (d[l] ?? 0) + shift
    e[l] = 0
  }
  return v

  /** Takes one QL step on rows l to m, notes its rotations, and returns by how much it has shifted the diagonal. */
  function step(l: number, m: number): number {
    const g = d[l] ?? 0
    const below = e[l] ?? 0
    const slope = ((d[l + 1] ?? 0) - g) / (2 * below)
    const root = slope < 0 ? -hypotenuse(slope, 1) : hypotenuse(slope, 1)
    d[l] = below / (slope + root)
    d[l + 1] = below * (slope + root)
    const next = d[l + 1] ?? 0
    const shifted = g - (d[l] ?? 0)
    for (let i = l + 2; i < size; i++) d[i] = (d[i] ?? 0) - shifted
    const belowNext = e[l + 1] ?? 0
    let p = d[m] ?? 0
    let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0]
    for (let i = m - 1; i >= l; i--) {
      c3 = c2
      c2 = c
      s2 = s
      const below = e[i] ?? 0
      const g = c * below
      const h = c * p
      const r = hypotenuse(p, below)
      e[i + 1] = s * r
      s = below / r
      c = p / r
      p = c * (d[i] ?? 0) - s * g
      d[i + 1] = h + s * (c * g + s * (d[i] ?? 0))
      cosines[i] = c
      sines[i] = s
    }
    p = (-s * s2 * c3 * belowNext * (e[l] ?? 0)) / next
    e[l] = s * p
    d[l] = c * p
    return shifted
  }
}

interface Rotations {
  readonly cosines: Float64Array
  readonly sines: Float64Array
  readonly first: number
  /** One more than the last rotation. */
  readonly last: number
}

/** Rotates columns i and i + 1 of a matrix, from the last rotation to the first. */
function rotate(v: Float64Array, size: number, { cosines, sines, first, last }: Rotations): void {
  let row = 0
  for (; row + ROWS <= size; row += ROWS) {
    const [base0, base1, base2, base3] = [row * size, (row + 1) * size, (row + 2) * size, (row + 3) * size]
    let [h0, h1, h2, h3] = [v[base0 + last] ?? 0, v[base1 + last] ?? 0, v[base2 + last] ?? 0, v[base3 + last] ?? 0]
    for (let i = last - 1; i >= first; i--) {
      const c = cosines[i] ?? 0
      const s = sines[i] ?? 0
      const x0 = v[base0 + i] ?? 0
      const x1 = v[base1 + i] ?? 0
      const x2 = v[base2 + i] ?? 0
      const x3 = v[base3 + i] ?? 0
      v[base0 + i + 1] = s * x0 + c * h0
      v[base1 + i + 1] = s * x1 + c * h1
      v[base2 + i + 1] = s * x2 + c * h2
      v[base3 + i + 1] = s * x3 + c * h3
      h0 = c * x0 - s * h0
      h1 = c * x1 - s * h1
      h2 = c * x2 - s * h2
      h3 = c * x3 - s * h3
    }
    v[base0 + first] = h0
    v[base1 + first] = h1
    v[base2 + first] = h2
    v[base3 + first] = h3
  }
  for (; row < size; row++) {
    const base = row * size
    let h = v[base + last] ?? 0
    for (let i = last - 1; i >= first; i--) {
      const [c, s, x] = [cosines[i] ?? 0, sines[i] ?? 0, v[base + i] ?? 0]
      v[base + i + 1] = s * x + c * h
      h = c * x - s * h
    }
    v[base + first] = h
  }
}

/** √(a² + b²) without overflow. */
function hypotenuse(a: number, b: number): number {
  const [larger, smaller] = Math.abs(a) > Math.abs(b) ? [a, b] : [b, a]
  const ratio = larger === 0 ? 0 : smaller / larger
  return Math.abs(larger) * Math.sqrt(1 + ratio * ratio)
}

function transpose(matrix: Float64Array, size: number): Float64Array {
  const transposed = new Float64Array(matrix.length)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) transposed[column * size + row] = matrix[row * size + column] ?? 0
  }
  return transposed
}
