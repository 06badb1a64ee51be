import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { drawPrior, leadingTangents, type PushForward, walkManifold } from '../../src/latent.js'

/** Multiplies by a fixed Jacobian `[values, size]`. */
const linear =
  (jacobian: Matrix): PushForward =>
  (directions) =>
    Float32Array.from(
      Matrix.from1DArray(directions.length / jacobian.columns, jacobian.columns, directions)
        .mmul(jacobian.transpose())
        .to1DArray(),
    )

const normal = (rows: number, columns: number, seed: number) =>
  Matrix.from1DArray(rows, columns, drawPrior({ seed, count: rows, size: columns }))

describe('leading tangents', () => {
  it('are the singular vectors of the Jacobian, strongest first', async () => {
    // Rotations of a stretch by 5, 2, 1 and 0.
    const turn = (matrix: Matrix) => Matrix.from1DArray(matrix.rows, matrix.columns, matrix.to1DArray())
    const stretched = Matrix.diag([5, 2, 1, 0])
    const spread = Matrix.zeros(6, 4)
    for (let at = 0; at < 4; at++) spread.set(at, at, 1)
    const { cos, sin } = { cos: Math.cos(0.4), sin: Math.sin(0.4) }
    const rotation = Matrix.eye(4)
    rotation.set(0, 0, cos)
    rotation.set(0, 2, -sin)
    rotation.set(2, 0, sin)
    rotation.set(2, 2, cos)
    const jacobian = turn(spread.mmul(stretched).mmul(rotation))
    const { count, stretches, directions, images } = await leadingTangents(linear(jacobian), { size: 4, wanted: 4 })
    expect(count).toBe(3)
    expect(Array.from(stretches, (value) => Number(value.toFixed(5)))).toEqual([5, 2, 1])
    const basis = Matrix.from1DArray(3, 6, images)
    expect(Matrix.sub(basis.mmul(basis.transpose()), Matrix.eye(3)).norm('max')).toBeLessThan(1e-5)
    const moved = Matrix.from1DArray(3, 6, linear(jacobian)(directions))
    for (let row = 0; row < 3; row++) {
      expect(Matrix.sub(moved.getRowVector(row), basis.getRowVector(row).mul(stretches[row] as number)).norm('max')).toBeLessThan(1e-5)
      expect(Math.max(...basis.getRow(row))).toBe(Math.max(...basis.getRow(row).map(Math.abs)))
    }
  })

  it('are found in codes of many units as in those of few', async () => {
    // Falling stretches of 200 units, so that there is something to find.
    const jacobian = normal(60, 200, 1)
    for (let column = 0; column < 200; column++) jacobian.mulColumn(column, 1 / (1 + column))
    let turns = 0
    const found = await leadingTangents(linear(jacobian), { size: 200, wanted: 5, pause: async () => void turns++ })
    expect(turns).toBe(7)
    const gram = jacobian.mmul(jacobian.transpose())
    const moved = Matrix.from1DArray(5, 60, found.images)
    for (let row = 0; row < 5; row++) {
      const image = moved.getRowVector(row)
      const stretch = found.stretches[row] as number
      expect(Matrix.sub(image.mmul(gram), Matrix.mul(image, stretch ** 2)).norm() / stretch ** 2).toBeLessThan(1e-2)
    }
  })

  it('are none where the decoder does not move', async () => {
    expect(await leadingTangents(linear(Matrix.zeros(3, 2)), { size: 2, wanted: 2 })).toMatchObject({ count: 0 })
  })
})

describe('a walk along the decoder’s surface', () => {
  it('follows a great circle of a sphere', async () => {
    // g(θ, φ) = (cos φ cos θ, cos φ sin θ, sin φ)
    const jacobianAt = ([theta = 0, phi = 0]: Float32Array) =>
      new Matrix([
        [-Math.cos(phi) * Math.sin(theta), -Math.sin(phi) * Math.cos(theta)],
        [Math.cos(phi) * Math.cos(theta), -Math.sin(phi) * Math.sin(theta)],
        [0, Math.cos(phi)],
      ])
    const pointAt = ([theta = 0, phi = 0]: Float32Array) => [
      Math.cos(phi) * Math.cos(theta),
      Math.cos(phi) * Math.sin(theta),
      Math.sin(phi),
    ]
    const code = Float32Array.of(0, 0.5)
    const along = jacobianAt(code).getColumn(0)
    const towards = Float32Array.from(along, (value) => value / Math.cos(0.5))
    const { codes, start } = await walkManifold((at) => linear(jacobianAt(at)), {
      code,
      directions: Float32Array.of(1, 0, 0, 1),
      towards,
      length: 1,
      steps: 400,
    })
    expect(start).toBe(400)
    expect(codes).toHaveLength(801 * 2)
    const origin = pointAt(code)
    for (const [row, sign] of [
      [800, 1],
      [0, -1],
    ] as const) {
      const end = pointAt(codes.subarray(2 * row, 2 * row + 2))
      const expected = origin.map((value, at) => Math.cos(1) * value + sign * Math.sin(1) * (towards[at] as number))
      for (const [at, value] of end.entries()) expect(Math.abs(value - (expected[at] as number))).toBeLessThan(5e-3)
    }
  })

  it('ends where the decoder does not move any more', async () => {
    // g(z) = min(z, 0.5)
    const { codes, start } = await walkManifold(([z = 0]) => linear(new Matrix([[z < 0.5 ? 1 : 0]])), {
      code: Float32Array.of(0),
      directions: Float32Array.of(1),
      towards: Float32Array.of(1),
      length: 1,
      steps: 10,
    })
    expect(start).toBe(10)
    expect(codes.at(-1)).toBeCloseTo(0.5, 5)
    expect(codes[0]).toBeCloseTo(-1, 5)
  })
})
