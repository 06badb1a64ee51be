import { createRandom } from '@hourglass/datasets'

export interface PrincipalDirections {
  /** Mean of the codes, `[size]`. */
  readonly mean: Float32Array
  /** Orthonormal directions of falling variance, `[count, size]`, row-major. */
  readonly directions: Float32Array
  readonly count: number
}

/** Directions that are looked for besides those wanted: they make the wanted ones converge fast. */
const SPARE = 8
const ITERATIONS = 12

/**
 * Finds the directions along which codes `[n, size]` vary most, at most `wanted`: block power iteration on their covariance, which takes no
 * more than the codes themselves however many units they have (Halko, Martinsson & Tropp 2011), then eigenvectors within the block.
 */
export function principalDirections(codes: Float32Array, { size, wanted }: { size: number; wanted: number }): PrincipalDirections {
  const rows = Math.floor(codes.length / size)
  const count = Math.min(wanted, size, Math.max(1, rows - 1))
  const block = Math.min(size, count + SPARE)
  const mean = meanOf(codes, size)
  const random = createRandom(1, 'latent/directions')
  let basis = orthonormalize(
    Float64Array.from({ length: block * size }, (_, index) => random.normal(index)),
    size,
  )
  const centred = codes.map((value, index) => value - (mean[index % size] as number))
  for (let iteration = 0; iteration < ITERATIONS; iteration++)
    basis = orthonormalize(multiplyBack(centred, project(centred, basis, size), size), size)
  // Within the block the covariance is small, and its eigenvectors turn the basis into the directions.
  const within = project(centred, basis, size)
  const { vectors, order } = eigenvectors(gram(within, block), block)
  const directions = new Float32Array(count * size)
  for (let direction = 0; direction < count; direction++) {
    for (let part = 0; part < block; part++) {
      const weight = vectors[part * block + (order[direction] as number)] as number
      for (let at = 0; at < size; at++)
        directions[direction * size + at] = (directions[direction * size + at] as number) + weight * (basis[part * size + at] as number)
    }
  }
  return { mean, directions, count }
}

function meanOf(codes: Float32Array, size: number): Float32Array {
  const sums = new Float64Array(size)
  for (let index = 0; index < codes.length; index++) sums[index % size] = (sums[index % size] as number) + (codes[index] as number)
  return Float32Array.from(sums, (sum) => sum / Math.max(1, codes.length / size))
}

/** Computes X Bᵀ of rows `[n, size]` and a basis `[k, size]`: `[n, k]`. */
function project(rows: Float32Array, basis: Float64Array, size: number): Float64Array {
  const [n, k] = [rows.length / size, basis.length / size]
  const products = new Float64Array(n * k)
  for (let row = 0; row < n; row++) {
    for (let vector = 0; vector < k; vector++) {
      let sum = 0
      for (let at = 0; at < size; at++) sum += (rows[row * size + at] as number) * (basis[vector * size + at] as number)
      products[row * k + vector] = sum
    }
  }
  return products
}

/** Computes Pᵀ X of projections `[n, k]` and rows `[n, size]`: `[k, size]`. */
function multiplyBack(rows: Float32Array, projections: Float64Array, size: number): Float64Array {
  const n = rows.length / size
  const k = projections.length / n
  const products = new Float64Array(k * size)
  for (let row = 0; row < n; row++) {
    for (let vector = 0; vector < k; vector++) {
      const weight = projections[row * k + vector] as number
      for (let at = 0; at < size; at++)
        products[vector * size + at] = (products[vector * size + at] as number) + weight * (rows[row * size + at] as number)
    }
  }
  return products
}

/** Makes vectors `[k, size]` orthonormal, by Gram and Schmidt, twice for the sake of rounding; those that depend on others become 0. */
function orthonormalize(vectors: Float64Array, size: number): Float64Array {
  const k = vectors.length / size
  for (let vector = 0; vector < k; vector++) {
    const own = vectors.subarray(vector * size, (vector + 1) * size)
    const before = Math.hypot(...own)
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < vector; other++) {
        const base = vectors.subarray(other * size, (other + 1) * size)
        const share = own.reduce((sum, value, at) => sum + value * (base[at] as number), 0)
        for (let at = 0; at < size; at++) own[at] = (own[at] as number) - share * (base[at] as number)
      }
    }
    const length = Math.hypot(...own)
    const scale = length > 1e-10 * before ? 1 / length : 0
    for (let at = 0; at < size; at++) own[at] = (own[at] as number) * scale
  }
  return vectors
}

function gram(projections: Float64Array, k: number): Float64Array {
  const products = new Float64Array(k * k)
  for (let row = 0; row < projections.length; row += k) {
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++)
        products[a * k + b] = (products[a * k + b] as number) + (projections[row + a] as number) * (projections[row + b] as number)
    }
  }
  return products
}

/** Finds the eigenvectors of a symmetric matrix `[k, k]`, as columns, by Jacobi's rotations; `order` lists them by falling eigenvalue. */
function eigenvectors(matrix: Float64Array, k: number): { readonly vectors: Float64Array; readonly order: readonly number[] } {
  const vectors = Float64Array.from({ length: k * k }, (_, index) => (index % (k + 1) === 0 ? 1 : 0))
  const rotate = (values: Float64Array, first: number, second: number, [cos, sin]: readonly [number, number]) => {
    const [a, b] = [values[first] as number, values[second] as number]
    values[first] = cos * a - sin * b
    values[second] = sin * a + cos * b
  }
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < k; p++) {
      for (let q = p + 1; q < k; q++) {
        const off = matrix[p * k + q] as number
        if (off === 0) continue
        const angle = Math.atan2(2 * off, (matrix[q * k + q] as number) - (matrix[p * k + p] as number)) / 2
        const turn = [Math.cos(angle), Math.sin(angle)] as const
        for (let at = 0; at < k; at++) rotate(matrix, at * k + p, at * k + q, turn)
        for (let at = 0; at < k; at++) rotate(matrix, p * k + at, q * k + at, turn)
        for (let at = 0; at < k; at++) rotate(vectors, at * k + p, at * k + q, turn)
      }
    }
  }
  const order = Array.from({ length: k }, (_, index) => index).toSorted(
    (a, b) => (matrix[b * k + b] as number) - (matrix[a * k + a] as number),
  )
  return { vectors, order }
}
