import { anglesBetween, type Components, dot, gramOf, gramOfColumns, singularValuesOfProduct } from './linearAlgebra.js'
import { type Measured, type Metrics, pick, placesOf, rowsOf } from './Measured.js'
import { columnsOf, mean, varianceOf } from './measures.js'
import { encode, jacobianOf, type Network, type Row } from './network.js'

const frobenius = (jacobian: readonly Row[]) => Math.sqrt(jacobian.reduce((sum, row) => sum + dot(row, row), 0))

interface Passed {
  readonly test: readonly Row[]
  readonly codes: readonly Row[]
  readonly made: readonly Row[]
}

export function jacobiansOf(measured: Measured, { test, codes, made }: Passed): Metrics {
  const { network, counts } = measured
  const norms = pick(test, placesOf(measured, 'test', counts.jacobianNorm ?? 0)).map((row) => frobenius(jacobianOf(network.encoder, row)))
  const whole = pick(test, placesOf(measured, 'test', counts.jacobianSpectra ?? 0)).map((row) => reconstructionNorm(network, row))
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
function reconstructionNorm(network: Network, row: Row): number {
  const { encoder, decoder } = network
  // Of more units than values, products of units are the larger ones.
  if ((encoder.at(-1)?.outputs ?? 0) > row.length) return frobenius(jacobianOf([...encoder, ...decoder], row))
  const ofEncoder = gramOf(jacobianOf(network.encoder, row))
  const ofDecoder = gramOfColumns(jacobianOf(network.decoder, encode(network, row)))
  return Math.sqrt(ofEncoder.reduce((sum, products, unit) => sum + dot(products, ofDecoder[unit] ?? new Float64Array()), 0))
}

export interface Spectra {
  readonly encoder: readonly number[]
  readonly reconstruction: readonly number[]
}

/** Means over examples of the singular values of ∂f/∂x and ∂r/∂x, falling. */
export function recomputeSpectra(measured: Measured): Spectra {
  const { network, counts, dataset } = measured
  const rows = pick(rowsOf(dataset.test), placesOf(measured, 'test', counts.jacobianSpectra ?? 0))
  const spectra = rows.map((row) => {
    const ofEncoder = gramOf(jacobianOf(network.encoder, row))
    const ofDecoder = gramOfColumns(jacobianOf(network.decoder, encode(network, row)))
    const identity = ofEncoder.map((_, unit) => Float64Array.from(ofEncoder, (__, other) => (unit === other ? 1 : 0)))
    return { encoder: singularValuesOfProduct(identity, ofEncoder), reconstruction: singularValuesOfProduct(ofDecoder, ofEncoder) }
  })
  const meanOf = (part: keyof Spectra) => (spectra[0]?.[part] ?? []).map((_, index) => mean(spectra.map((each) => each[part][index] ?? 0)))
  return { encoder: meanOf('encoder'), reconstruction: meanOf('reconstruction') }
}
