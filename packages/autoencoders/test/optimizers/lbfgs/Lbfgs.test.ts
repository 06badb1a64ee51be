import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { CurvatureMemory } from '../../../src/optimizers/lbfgs/CurvatureMemory.js'
import { type FullBatchObjective, Lbfgs, type LbfgsIteration, type LbfgsOptions } from '../../../src/optimizers/lbfgs/Lbfgs.js'
import { describeLbfgsState } from '../../../src/optimizers/lbfgs/lbfgsState.js'

type Gradient = (x: readonly number[]) => { loss: number; gradient: number[] }

/** Makes an objective of a function in float64; parameters and gradient pass through float32, as on an engine. */
const objectiveOf =
  (compute: Gradient): FullBatchObjective =>
  async (parameters) => {
    const { loss, gradient } = compute([...parameters])
    return { loss, gradient: Float32Array.from(gradient) }
  }

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², Rosenbrock 1960, with its minimum 0 at (1, …, 1). */
const rosenbrock: Gradient = (x) => {
  const gradient = x.map(() => 0)
  let loss = 0
  for (let i = 0; i + 1 < x.length; i++) {
    const [a = 0, b = 0] = x.slice(i)
    loss += 100 * (b - a * a) ** 2 + (1 - a) ** 2
    gradient[i] = (gradient[i] ?? 0) - 400 * a * (b - a * a) - 2 * (1 - a)
    gradient[i + 1] = (gradient[i + 1] ?? 0) + 200 * (b - a * a)
  }
  return { loss, gradient }
}

async function minimise(objective: FullBatchObjective, start: readonly number[], options?: LbfgsOptions) {
  const optimizer = new Lbfgs(Float32Array.from(start), options)
  const iterations: LbfgsIteration[] = []
  do iterations.push(await optimizer.iterate(objective))
  while (iterations.at(-1)?.outcome === 'progressed' && iterations.length < 500)
  const evaluations = iterations.reduce((sum, iteration) => sum + iteration.evaluations, 0)
  return { optimizer, iterations, evaluations, last: iterations.at(-1), x: [...optimizer.parameters] }
}

describe('Lbfgs', () => {
  it('solves Rosenbrock in 10 dimensions in about as many iterations as SciPy', async () => {
    const start = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? -1.2 : 1))
    const { x, last, iterations, evaluations } = await minimise(objectiveOf(rosenbrock), start, { gradientTolerance: 1e-3 })
    expect(last?.outcome).toBe('converged')
    for (const value of x) expect(value).toBeCloseTo(1, 3)
    // scipy 1.17.1, minimize(rosen, x0, jac=rosen_der, method='L-BFGS-B', maxcor=10, ftol=0, gtol=1e-5): nit 74, nfev 92.
    expect(iterations.length).toBeLessThan(1.5 * 74)
    expect(evaluations).toBeLessThan(1.5 * 92)
  })

  it('finds the exact minimum of a quadratic whose scales differ by 10⁴', async () => {
    // A = Q diag(scales) Qᵀ with Q the orthogonal factor of some matrix; the minimum of ½ xᵀAx − bᵀx solves A x = b.
    const size = 12
    const seedMatrix = Matrix.from1DArray(
      size,
      size,
      Array.from({ length: size * size }, (_, i) => Math.sin(i * i + 1)),
    )
    const q = new EigenvalueDecomposition(seedMatrix.add(seedMatrix.transpose()), { assumeSymmetric: true }).eigenvectorMatrix
    const scales = Array.from({ length: size }, (_, i) => 10 ** ((4 * i) / (size - 1) - 2))
    const a = q.mmul(Matrix.diag(scales)).mmul(q.transpose())
    const b = Matrix.columnVector(Array.from({ length: size }, (_, i) => Math.cos(i)))
    const exact = solve(a, b).to1DArray()
    const objective = objectiveOf((values) => {
      const x = Matrix.columnVector([...values])
      const ax = a.mmul(x)
      return { loss: 0.5 * x.dot(ax) - b.dot(x), gradient: Matrix.sub(ax, b).to1DArray() }
    })
    const { x } = await minimise(objective, new Array(size).fill(0), { gradientTolerance: 1e-5 })
    const length = Math.hypot(...exact)
    expect(Math.hypot(...x.map((value, i) => value - (exact[i] ?? 0))) / length).toBeLessThan(1e-4)
  })

  it('finds the logistic regression that SciPy finds', async () => {
    const points = [
      [0.5, 1.2, 1],
      [1.5, -0.3, 1],
      [-0.7, 0.8, 0],
      [-1.1, -1.4, 0],
      [2.2, 0.1, 1],
      [0.3, -0.9, 0],
      [-0.2, 1.9, 0],
      [1, 1, 1],
    ] as const
    const regularization = 0.1
    const objective = objectiveOf(([u = 0, v = 0, bias = 0]) => {
      let loss = (regularization / 2) * (u * u + v * v)
      const gradient = [regularization * u, regularization * v, 0]
      for (const [x, y, label] of points) {
        const z = u * x + v * y + bias
        loss += (Math.log1p(Math.exp(z)) - label * z) / points.length
        const error = (1 / (1 + Math.exp(-z)) - label) / points.length
        for (const [i, input] of [x, y, 1].entries()) gradient[i] = (gradient[i] ?? 0) + error * input
      }
      return { loss, gradient }
    })
    const { x, last } = await minimise(objective, [0, 0, 0], { gradientTolerance: 1e-6 })
    // scipy 1.17.1, minimize(…, method='L-BFGS-B', ftol=0, gtol=1e-12) in float64.
    const expected = [1.42970678, 0.30296876, -0.74878505]
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4)
    })
    expect(last?.loss).toBeCloseTo(0.40382471382, 8)
  })

  it('lowers the loss in every iteration', async () => {
    const { iterations } = await minimise(objectiveOf(rosenbrock), [-1.2, 1, 0.3, 2])
    const losses = iterations.map(({ loss }) => loss)
    expect(losses).toEqual([...losses].sort((a, b) => b - a))
  })

  it.each([1, 7, 23])('goes on to the same last bit when it was saved after %i iterations', async (stopAfter) => {
    const objective = objectiveOf(rosenbrock)
    const start = [-1.2, 1, -0.5, 0.8, 0.1]
    const options = { memory: 5 }
    const whole = new Lbfgs(Float32Array.from(start), options)
    const first = new Lbfgs(Float32Array.from(start), options)
    for (let i = 0; i < stopAfter; i++) await first.iterate(objective)
    const saved = structuredClone(first.snapshot())
    const second = new Lbfgs(new Float32Array(5), options)
    second.restore(first.parameters, saved)
    for (let i = 0; i < stopAfter + 10; i++) await whole.iterate(objective)
    for (let i = 0; i < 10; i++) await second.iterate(objective)
    expect(second.parameters).toEqual(whole.parameters)
    expect(second.snapshot()).toEqual(whole.snapshot())
    expect(second.iterations).toBe(whole.iterations)
  })

  it('saves tensors of the names and shapes that are described, before its first iteration too', async () => {
    const optimizer = new Lbfgs(new Float32Array(3), { memory: 2 })
    const shapes = (tensors: Readonly<Record<string, { readonly shape: readonly number[] }>>) =>
      Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]))
    expect(shapes(optimizer.snapshot())).toEqual(shapes(describeLbfgsState(3, 2)))
    await optimizer.iterate(objectiveOf(rosenbrock))
    for (const { shape, values } of Object.values(optimizer.snapshot())) expect(values).toHaveLength(shape.reduce((a, b) => a * b, 1))
    expect(() => new Lbfgs(new Float32Array(4), { memory: 2 }).restore(new Float32Array(4), optimizer.snapshot())).toThrow(
      'expected [2, 4], got [2, 3]',
    )
  })

  it('says that it has converged at a minimum, and stays there', async () => {
    const optimizer = new Lbfgs(Float32Array.of(1, 1))
    const expected = { outcome: 'converged', loss: 0, gradientNorm: 0, step: 0 }
    expect(await optimizer.iterate(objectiveOf(rosenbrock))).toEqual({ ...expected, evaluations: 1 })
    expect(await optimizer.iterate(objectiveOf(rosenbrock))).toEqual({ ...expected, evaluations: 0 })
    expect([...optimizer.parameters]).toEqual([1, 1])
  })

  it('says so where no step lowers the loss, and leaves the parameters as they were', async () => {
    const wrongGradient = objectiveOf(([x = 0]) => ({ loss: x, gradient: [-1] }))
    const optimizer = new Lbfgs(Float32Array.of(2), { maximumEvaluations: 8 })
    const { outcome, loss } = await optimizer.iterate(wrongGradient)
    expect({ outcome, loss }).toEqual({ outcome: 'lineSearchFailed', loss: 2 })
    expect([...optimizer.parameters]).toEqual([2])
  })

  it('says so where the loss is not finite at the start, and steps around places where it is not', async () => {
    const logarithm = objectiveOf(([x = 0]) => ({ loss: x > 0 ? x - Math.log(x) : Number.NaN, gradient: [1 - 1 / x] }))
    expect((await new Lbfgs(Float32Array.of(-1)).iterate(logarithm)).outcome).toBe('notFinite')
    const { x, last } = await minimise(logarithm, [40], { gradientTolerance: 1e-5 })
    expect(last?.outcome).toBe('converged')
    expect(x[0]).toBeCloseTo(1, 4)
  })
})

describe('CurvatureMemory', () => {
  it('multiplies by the inverse Hessian that BFGS updates give, written out as matrices', () => {
    const size = 4
    const memory = new CurvatureMemory(3, size)
    const gradient = Float32Array.of(0.5, -1.25, 2, 0.75)
    const pairs = Array.from({ length: 5 }, (_, pair) => {
      const step = Float32Array.from({ length: size }, (_, i) => Math.fround(Math.sin(3 * pair + i)))
      return { step, change: step.map((value, i) => value * (i + 1) + 0.1 * Math.cos(pair + i)) }
    })
    for (const { step, change } of pairs) expect(memory.add(step, change)).toBe(true)
    // H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ (equation 6.17) over the three pairs that are remembered, from H₀ = (sᵀy / yᵀy) I.
    const remembered = pairs
      .slice(-3)
      .map(({ step, change }) => [Matrix.columnVector([...step]), Matrix.columnVector([...change])] as const)
    const [newestStep, newestChange] = remembered.at(-1) ?? []
    let inverse = Matrix.eye(size, size, (newestStep?.dot(newestChange as Matrix) ?? 0) / (newestChange?.dot(newestChange) ?? 1))
    for (const [s, y] of remembered) {
      const rho = 1 / s.dot(y)
      const left = Matrix.sub(Matrix.eye(size), s.mmul(y.transpose()).mul(rho))
      inverse = left.mmul(inverse).mmul(left.transpose()).add(s.mmul(s.transpose()).mul(rho))
    }
    const expected = inverse
      .mmul(Matrix.columnVector([...gradient]))
      .mul(-1)
      .to1DArray()
    memory.direction(gradient).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 10)
    })
  })

  it('refuses pairs that violate the curvature condition', () => {
    const memory = new CurvatureMemory(3, 2)
    expect(memory.add(Float32Array.of(1, 0), Float32Array.of(-1, 0))).toBe(false)
    expect(memory.add(Float32Array.of(1, 0), Float32Array.of(0, 1))).toBe(false)
    expect(memory.add(Float32Array.of(0, 0), Float32Array.of(0, 1))).toBe(false)
    expect(memory.isEmpty).toBe(true)
    expect([...memory.direction(Float32Array.of(2, -3))]).toEqual([-2, 3])
  })
})
