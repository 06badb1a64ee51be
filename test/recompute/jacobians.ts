import { anglesBetween, type Components, dot, gramOf, gramOfColumns, singularValuesOfProduct } from './linearAlgebra.js'
import { type Measured, type Metrics, placesOf, rowsOf } from './Measured.js'
import { columnsOf, mean, varianceOf } from './measures.js'
import { encode, jacobianOf, type Row } from './network.js'

const frobenius = (jacobian: readonly Row[]) => Math.sqrt(jacobian.reduce((sum, row) => sum + dot(row, row), 0))

/** Of a test example. */
interface Jacobians {
  /** ∂f/∂x */
  readonly encoder: readonly Row[]
  /** ∂f/∂x (∂f/∂x)ᵀ */
  readonly ofEncoder: readonly Row[]
  /** (∂g/∂z)ᵀ ∂g/∂z */
  readonly ofDecoder: readonly Row[]
}

const known = new WeakMap<Measured, Map<number, Jacobians>>()

/** Differentiates encoder and decoder at a test example, by its place, once for all that is made of it. */
function jacobiansAt(measured: Measured, row: Row, place: number): Jacobians {
  const places = known.get(measured) ?? new Map<number, Jacobians>()
  known.set(measured, places)
  const before = places.get(place)
  if (before) return before
  const { network } = measured
  const encoder = jacobianOf(network.encoder, row)
  // What is made of a part is made of it once it is asked for.
  let [ofEncoder, ofDecoder]: (readonly Row[] | undefined)[] = []
  const found: Jacobians = {
    encoder,
    get ofEncoder() {
      ofEncoder ??= gramOf(encoder)
      return ofEncoder
    },
    get ofDecoder() {
      ofDecoder ??= gramOfColumns(jacobianOf(network.decoder, encode(network, row)))
      return ofDecoder
    },
  }
  places.set(place, found)
  return found
}

interface Passed {
  readonly test: readonly Row[]
  readonly codes: readonly Row[]
  readonly made: readonly Row[]
}

export function jacobiansOf(measured: Measured, { test, codes, made }: Passed): Metrics {
  const { counts } = measured
  const rowAt = (place: number) => test[place] ?? new Float64Array()
  const norms = placesOf(measured, 'test', counts.jacobianNorm ?? 0).map((place) =>
    frobenius(jacobiansAt(measured, rowAt(place), place).encoder),
  )
  const whole = placesOf(measured, 'test', counts.jacobianSpectra ?? 0).map((place) => reconstructionNorm(measured, rowAt(place), place))
  return {
    jacobianNorm: mean(norms),
    scaledJacobianNorm: mean(norms) / spreadOf(codes),
    ...(whole.length > 0
      ? { reconstructionJacobianNorm: mean(whole), scaledReconstructionJacobianNorm: mean(whole) / spreadOf(made) }
      : {}),
  }
}

const spreadOf = (rows: readonly Row[]) => Math.sqrt(columnsOf(rows).reduce((sum, column) => sum + varianceOf(column), 0))

/** The largest angle between the space of an affine decoder of one layer and that of as many principal components. */
export function angleOf({ network }: Measured, { directions }: Components): Metrics {
  const [layer, ...others] = network.decoder
  if (!layer || others.length > 0 || layer.activation !== 'linear') return {}
  const units = layer.weights[0]?.length ?? 0
  // Of more units than there are components no angle is told.
  if (units > directions.length) return {}
  const columns = Array.from({ length: units }, (_, unit) => Float64Array.from(layer.weights, (weights) => weights[unit] ?? 0))
  return { subspaceAngle: Math.max(...anglesBetween(columns, directions.slice(0, units))) }
}

/** ‖G F‖ of decoder and encoder, as the trace of (GᵀG)(F Fᵀ). */
function reconstructionNorm(measured: Measured, row: Row, place: number): number {
  const { encoder, decoder } = measured.network
  // Of more units than values, products of units are the larger ones.
  if ((encoder.at(-1)?.outputs ?? 0) > row.length) return frobenius(jacobianOf([...encoder, ...decoder], row))
  const { ofEncoder, ofDecoder } = jacobiansAt(measured, row, place)
  return Math.sqrt(ofEncoder.reduce((sum, products, unit) => sum + dot(products, ofDecoder[unit] ?? new Float64Array()), 0))
}

export interface Spectra {
  readonly encoder: readonly number[]
  readonly reconstruction: readonly number[]
}

/** Means over examples of the singular values of ∂f/∂x and ∂r/∂x, falling. */
export function recomputeSpectra(measured: Measured): Spectra {
  const { counts, dataset } = measured
  const rows = rowsOf(dataset.test)
  const spectra = placesOf(measured, 'test', counts.jacobianSpectra ?? 0).map((place) => {
    const { ofEncoder, ofDecoder } = jacobiansAt(measured, rows[place] ?? new Float64Array(), place)
    const identity = ofEncoder.map((_, unit) => Float64Array.from(ofEncoder, (__, other) => (unit === other ? 1 : 0)))
    return { encoder: singularValuesOfProduct(identity, ofEncoder), reconstruction: singularValuesOfProduct(ofDecoder, ofEncoder) }
  })
  const meanOf = (part: keyof Spectra) => (spectra[0]?.[part] ?? []).map((_, index) => mean(spectra.map((each) => each[part][index] ?? 0)))
  return { encoder: meanOf('encoder'), reconstruction: meanOf('reconstruction') }
}
