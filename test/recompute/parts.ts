import { divergencesOf } from './likelihood.js'
import { eigenOf, gramOf, gramOfColumns } from './linearAlgebra.js'
import { type Measured, rowsOf } from './Measured.js'
import { columnsOf, mean } from './measures.js'
import { decode, encode, jacobianOf, logVariancesOf, type Row } from './network.js'

/** Mean of each unit of the code, and its divergence from the prior where there is one. */
export function codeUnitsOf({ network, dataset }: Measured): readonly { readonly mean: number; readonly klDivergence: number | null }[] {
  const test = rowsOf(dataset.test)
  const codes = test.map((row) => encode(network, row))
  const divergences = network.logVariance
    ? columnsOf(test.map((row, place) => divergencesOf(codes[place] ?? row, logVariancesOf(network, row))))
    : null
  return columnsOf(codes).map((column, unit) => ({
    mean: mean([...column]),
    klDivergence: divergences ? mean([...(divergences[unit] ?? [])]) : null,
  }))
}

/** How far the reconstruction moves along each direction in which the decoder lets a test example vary, falling. */
export function tangentsAt({ network, dataset }: Measured, place: number): readonly number[] {
  const row = rowsOf(dataset.test)[place]
  if (!row) throw new Error(`expected a test example ${place}`)
  const jacobian = jacobianOf(network.decoder, encode(network, row))
  const isWide = jacobian.length <= (jacobian[0]?.length ?? 0)
  return eigenOf(isWide ? gramOf(jacobian) : gramOfColumns(jacobian)).map(({ value }) => Math.sqrt(Math.max(0, value)))
}

/** Share of the first test images that come out nearer to a training image than two of different people are. */
export function storedShareOf({ network, dataset }: Measured): number {
  const known = rowsOf(dataset.train)
  const square = (a: Row, b: Row) => mean(Array.from(a, (value, index) => (value - (b[index] ?? 0)) ** 2))
  const made = rowsOf(dataset.test)
    .slice(0, 200)
    .map((row) => decode(network, encode(network, row)))
  return mean(made.map((image) => (known.some((each) => square(image, each) < 0.03) ? 1 : 0)))
}

/** Mean of training points, and their covariance times each direction that is said to be an axis. */
export function axesOf({ dataset }: Measured, directions: readonly (readonly number[])[]) {
  const rows = rowsOf(dataset.train)
  const centre = columnsOf(rows).map((column) => mean([...column]))
  const along = (direction: readonly number[]) =>
    mean(rows.map((row) => direction.reduce((sum, part, index) => sum + part * ((row[index] ?? 0) - (centre[index] ?? 0)), 0) ** 2))
  return { mean: centre, deviations: directions.map((direction) => Math.sqrt(along(direction))) }
}

/** Codes of training images by a model of one unit, rising. */
export function codeLineOf({ network, dataset }: Measured): readonly number[] {
  return rowsOf(dataset.train)
    .map((row) => encode(network, row)[0] ?? Number.NaN)
    .sort((a, b) => a - b)
}
