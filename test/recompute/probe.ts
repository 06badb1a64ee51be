import { componentsOf, project } from './linearAlgebra.js'
import { columnsOf, mean, varianceOf } from './measures.js'
import type { Row } from './network.js'

export interface Labelled {
  readonly rows: readonly Row[]
  readonly labels: readonly number[]
}

/**
 * Share of test examples whose class multinomial logistic regression tells, with λ/2 ‖W‖² on features that are centred and divided by one common spread.
 * Minimised by Nesterov's accelerated gradient with a step of one over the curvature's bound, until the gradient is small.
 */
export function probeAccuracy(train: Labelled, test: Labelled, regularization: number): number {
  const columns = columnsOf(train.rows)
  const centre = columns.map((column) => mean([...column]))
  const spread = Math.sqrt(mean(columns.map(varianceOf)))
  const scale = (rows: readonly Row[]) =>
    rows.map((row) => row.map((value, index) => (spread > 1e-6 ? (value - (centre[index] ?? 0)) / spread : 0)))
  const [fitted, judged] = narrow(scale(train.rows), scale(test.rows))
  const classes = Math.max(...train.labels, ...test.labels) + 1
  const weights = minimize(fitted, train.labels, { classes, regularization })
  const told = judged.filter((row, index) => classOf(row, weights) === test.labels[index])
  return told.length / test.rows.length
}

/** Weights lie in the space of the examples that they are fitted to: of fewer examples than features, that is all that need be looked at. */
function narrow(train: readonly Row[], test: readonly Row[]): readonly [readonly Row[], readonly Row[]] {
  const components = componentsOf(train)
  const { length } = components.directions
  if (length === 0 || length >= (train[0]?.length ?? 0)) return [train, test]
  const rotate = (rows: readonly Row[]) => rows.map((row) => project(components, row, length))
  return [rotate(train), rotate(test)]
}

type Weights = readonly { readonly kernel: Row; bias: number }[]

function minimize(
  rows: readonly Row[],
  labels: readonly number[],
  { classes, regularization }: { classes: number; regularization: number },
): Weights {
  const width = rows[0]?.length ?? 0
  // Softmax's curvature is at most half of the largest eigenvalue of the mean of x xᵀ, bias included, which is at most their mean square length.
  const curvature = 0.5 * (1 + largestEigenvalue(rows)) + regularization
  const zero = () => Array.from({ length: classes }, () => ({ kernel: new Float64Array(width), bias: 0 }))
  const current = zero()
  let previous = zero()
  for (let iteration = 1; iteration <= 2_000; iteration++) {
    const momentum = (iteration - 1) / (iteration + 2)
    const ahead = current.map(({ kernel, bias }, row) => ({
      kernel: kernel.map((value, index) => value + momentum * (value - (previous[row]?.kernel[index] ?? 0))),
      bias: bias + momentum * (bias - (previous[row]?.bias ?? 0)),
    }))
    const slopes = gradient(rows, labels, ahead, regularization)
    previous = current.map(({ kernel, bias }) => ({ kernel: kernel.slice(), bias }))
    let largest = 0
    current.forEach((row, place) => {
      const [from, slope] = [ahead[place], slopes[place]]
      if (!from || !slope) return
      row.bias = from.bias - slope.bias / curvature
      largest = Math.max(largest, Math.abs(slope.bias))
      for (let index = 0; index < width; index++) {
        row.kernel[index] = (from.kernel[index] ?? 0) - (slope.kernel[index] ?? 0) / curvature
        largest = Math.max(largest, Math.abs(slope.kernel[index] ?? 0))
      }
    })
    if (largest < 1e-4) break
  }
  return current
}

function gradient(rows: readonly Row[], labels: readonly number[], weights: Weights, regularization: number): Weights {
  const slopes = weights.map(({ kernel }) => ({ kernel: kernel.map((value) => regularization * value), bias: 0 }))
  rows.forEach((row, place) => {
    const scores = scoresOf(row, weights)
    const most = Math.max(...scores)
    const heights = scores.map((score) => Math.exp(score - most))
    const sum = heights.reduce((all, height) => all + height, 0)
    slopes.forEach((slope, label) => {
      const residual = ((heights[label] ?? 0) / sum - (labels[place] === label ? 1 : 0)) / rows.length
      slope.bias += residual
      for (let index = 0; index < row.length; index++) slope.kernel[index] = (slope.kernel[index] ?? 0) + residual * (row[index] ?? 0)
    })
  })
  return slopes
}

const scoresOf = (row: Row, weights: Weights) =>
  weights.map(({ kernel, bias }) => {
    let sum = bias
    for (let index = 0; index < row.length; index++) sum += (kernel[index] ?? 0) * (row[index] ?? 0)
    return sum
  })

function classOf(row: Row, weights: Weights): number {
  const scores = scoresOf(row, weights)
  return scores.indexOf(Math.max(...scores))
}

/** Of the mean of x xᵀ, by power iteration. */
function largestEigenvalue(rows: readonly Row[]): number {
  let vector = Float64Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => 1 + (index % 7))
  let value = 0
  for (let iteration = 0; iteration < 50; iteration++) {
    const next = new Float64Array(vector.length)
    for (const row of rows) {
      const along = row.reduce((sum, each, index) => sum + each * (vector[index] ?? 0), 0) / rows.length
      for (let index = 0; index < next.length; index++) next[index] = (next[index] ?? 0) + along * (row[index] ?? 0)
    }
    value = Math.sqrt(next.reduce((sum, each) => sum + each ** 2, 0))
    if (value === 0) return 0
    vector = next.map((each) => each / value)
  }
  return 1.05 * value
}
