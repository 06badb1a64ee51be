import { divergencesOf } from './likelihood.js'
import { componentsOf, eigenOf, gramOf, gramOfColumns, project } from './linearAlgebra.js'
import { type Measured, rowsOf, sidesOf } from './Measured.js'
import { clip, columnsOf, mean, meanSquaredErrorOf } from './measures.js'
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

/** How the errors of the test examples of one class are spread. */
export interface ClassSpread {
  readonly label: number
  readonly examples: number
  readonly mean: number
  readonly least: number
  readonly median: number
  readonly greatest: number
}

/** Errors of test examples by class, of images clipped as they are shown. */
export function classSpreadsOf({ network, dataset }: Measured): readonly ClassSpread[] {
  const rows = rowsOf(dataset.test)
  const isImages = sidesOf(dataset) !== undefined
  const errors = rows.map((row) => {
    const made = decode(network, encode(network, row))
    return meanSquaredErrorOf([row], [isImages ? clip(made) : made])
  })
  const labels = [...new Set(dataset.test.labels)].sort((a, b) => a - b)
  return labels.map((label) => {
    const own = errors.filter((_, place) => dataset.test.labels[place] === label).sort((a, b) => a - b)
    const [below = Number.NaN, above = Number.NaN] = [own[Math.floor((own.length - 1) / 2)], own[Math.ceil((own.length - 1) / 2)]]
    const [least = Number.NaN] = own
    return { label, examples: own.length, mean: mean(own), least, median: (below + above) / 2, greatest: own.at(-1) ?? Number.NaN }
  })
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

/** Test images in the plane of the training images’ first two principal components, whose signs are nobody's, and what of their variance lies along each. */
export function principalPlaneOf({ dataset }: Measured) {
  const components = componentsOf(rowsOf(dataset.train))
  return {
    shares: components.shares.slice(0, 2),
    codes: rowsOf(dataset.test).map((row) => project(components, row, 2)),
    rows: [components.mean, ...components.directions.slice(0, 2)],
  }
}

/** Codes of training images by a model of one unit, rising. */
export function codeLineOf({ network, dataset }: Measured): readonly number[] {
  return rowsOf(dataset.train)
    .map((row) => encode(network, row)[0] ?? Number.NaN)
    .sort((a, b) => a - b)
}
