/** A symmetric matrix as Q T Qᵀ, with T tridiagonal. */
export interface Tridiagonal {
  /** Diagonal of T, [size]. */
  readonly diagonal: Float64Array
  /** Below the diagonal of T, at the index of its row; the first is 0. [size] */
  readonly offDiagonal: Float64Array
  /** Qᵀ, [size][size], row-major. */
  readonly transposed: Float64Array
}

/**
 * Reduces a symmetric matrix [size][size] to tridiagonal form by Householder reflections: the procedure tred2 of EISPACK (Martin, Reinsch &
 * Wilkinson 1968), over columns that lie in one piece.
 */
export function tridiagonalize(matrix: Float64Array, size: number): Tridiagonal {
  const v = Float64Array.from(matrix)
  const d = new Float64Array(size)
  const e = new Float64Array(size)
  const at = (column: number, row: number) => column * size + row
  for (let j = 0; j < size; j++) d[j] = v[at(j, size - 1)] ?? 0
  for (let i = size - 1; i > 0; i--) {
    let scale = 0
    for (let k = 0; k < i; k++) scale += Math.abs(d[k] ?? 0)
    if (scale === 0) {
      e[i] = d[i - 1] ?? 0
      for (let j = 0; j < i; j++) {
        d[j] = v[at(j, i - 1)] ?? 0
        v[at(j, i)] = 0
        v[at(i, j)] = 0
      }
      d[i] = 0
    } else d[i] = reflect(i, scale)
  }
  accumulate()
  return { diagonal: d, offDiagonal: e, transposed: v }

  /** Reflects row i onto its last entry before the diagonal and returns half the squared length of the reflection's vector. */
  function reflect(i: number, scale: number): number {
    let h = 0
    for (let k = 0; k < i; k++) {
      const value = (d[k] ?? 0) / scale
      d[k] = value
      h += value * value
    }
    const last = d[i - 1] ?? 0
    const length = last > 0 ? -Math.sqrt(h) : Math.sqrt(h)
    e[i] = scale * length
    h -= last * length
    d[i - 1] = last - length
    e.fill(0, 0, i)
    for (let j = 0; j < i; j++) {
      const f = d[j] ?? 0
      const column = j * size
      v[at(i, j)] = f
      let g = (e[j] ?? 0) + (v[column + j] ?? 0) * f
      for (let k = j + 1; k < i; k++) {
        const value = v[column + k] ?? 0
        g += value * (d[k] ?? 0)
        e[k] = (e[k] ?? 0) + value * f
      }
      e[j] = g
    }
    let f = 0
    for (let j = 0; j < i; j++) {
      const value = (e[j] ?? 0) / h
      e[j] = value
      f += value * (d[j] ?? 0)
    }
    const ratio = f / (h + h)
    for (let j = 0; j < i; j++) e[j] = (e[j] ?? 0) - ratio * (d[j] ?? 0)
    for (let j = 0; j < i; j++) {
      const [f, g, column] = [d[j] ?? 0, e[j] ?? 0, j * size]
      for (let k = j; k < i; k++) v[column + k] = (v[column + k] ?? 0) - (f * (e[k] ?? 0) + g * (d[k] ?? 0))
      d[j] = v[column + i - 1] ?? 0
      v[column + i] = 0
    }
    return h
  }

  /** Multiplies the reflections, whose vectors are in v. */
  function accumulate(): void {
    for (let i = 0; i < size - 1; i++) {
      v[at(i, size - 1)] = v[at(i, i)] ?? 0
      v[at(i, i)] = 1
      const h = d[i + 1] ?? 0
      const vector = (i + 1) * size
      if (h !== 0) {
        for (let k = 0; k <= i; k++) d[k] = (v[vector + k] ?? 0) / h
        for (let j = 0; j <= i; j++) {
          const column = j * size
          let g = 0
          for (let k = 0; k <= i; k++) g += (v[vector + k] ?? 0) * (v[column + k] ?? 0)
          for (let k = 0; k <= i; k++) v[column + k] = (v[column + k] ?? 0) - g * (d[k] ?? 0)
        }
      }
      v.fill(0, vector, vector + i + 1)
    }
    for (let j = 0; j < size; j++) {
      d[j] = v[at(j, size - 1)] ?? 0
      v[at(j, size - 1)] = 0
    }
    v[size * size - 1] = 1
    e[0] = 0
  }
}
