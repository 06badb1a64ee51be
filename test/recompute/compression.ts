import { componentsOf, project, restore } from './linearAlgebra.js'
import { type Measured, pick, placesOf, rowsOf, sidesOf } from './Measured.js'
import { clip, columnsOf, decibelsOf, mean, meanSquaredErrorOf, varianceOf } from './measures.js'
import { decode, encode, type Row } from './network.js'

export interface Point {
  readonly meanSquaredError: number
  readonly peakSignalToNoiseRatio: number
  /** What an arithmetic coder comes near to: the sum of −log₂ of symbols' shares. */
  readonly idealBits: number
}

interface Codec {
  readonly encode: (row: Row) => Row
  readonly decode: (code: Row) => Row
}

/** Compresses test images with a codec by the model’s steps of quantisation. */
export function compressionOf(measured: Measured, codec: 'MODEL' | 'PCA', settings: readonly number[]): readonly Point[] {
  const { dataset, network, counts } = measured
  if (!sidesOf(dataset)) return []
  const training = rowsOf(dataset.train)
  const used =
    codec === 'MODEL'
      ? { encode: (row: Row) => encode(network, row), decode: (code: Row) => decode(network, code) }
      : byComponents(measured)
  const images = pick(rowsOf(dataset.test), placesOf(measured, 'test', counts.compression ?? 0))
  const codes = images.map(used.encode)
  const units = codes[0]?.length ?? 0
  const fitted = pick(training, placesOf(measured, 'train', Math.min(5000, Math.max(16, Math.floor(400_000 / units))))).map(used.encode)
  const columns = columnsOf(fitted)
  const deviations = columns.map((column) => Math.sqrt(varianceOf(column)))
  const answers = answersOf(used, fitted.slice(0, Math.max(4, Math.min(32, Math.floor(16_384 / units)))), deviations)
  const spread = Math.max(...answers.map((answer, unit) => answer * (deviations[unit] ?? 0)))
  return settings.map((setting) => {
    const steps = answers.map((answer) => (answer > 0 ? (setting * spread) / answer : Number.MAX_VALUE))
    const centres = columns.map((column) => mean([...column]))
    const toSymbol = (value: number, unit: number) => Math.round((value - (centres[unit] ?? 0)) / (steps[unit] ?? 1)) + 0
    const symbols = codes.map((code) => Array.from(code, toSymbol))
    const bitsOf = columns.map((column, unit) => pricesOf(Array.from(column, (value) => toSymbol(value, unit))))
    const made = symbols.map((row) =>
      used.decode(Float64Array.from(row, (symbol, unit) => (centres[unit] ?? 0) + symbol * (symbol === 0 ? 0 : (steps[unit] ?? 0)))),
    )
    return {
      meanSquaredError: meanSquaredErrorOf(images, made.map(clip)),
      peakSignalToNoiseRatio: decibelsOf(images, made.map(clip)),
      idealBits: symbols.reduce((sum, row) => sum + row.reduce((all, symbol, unit) => all + (bitsOf[unit]?.(symbol) ?? 0), 0), 0),
    }
  })
}

function byComponents({ dataset, network }: Measured): Codec {
  const components = componentsOf(rowsOf(dataset.train))
  const units = network.encoder.at(-1)?.outputs ?? 0
  const kept = Math.max(1, Math.min(units, components.directions.length))
  return { encode: (row) => project(components, row, kept), decode: (code) => restore(components, code) }
}

/** How far a reconstruction moves, root mean square, for a unit of each dimension of the code; measured by a tenth of its deviation. */
function answersOf({ decode: toImage }: Codec, codes: readonly Row[], deviations: readonly number[]): readonly number[] {
  const still = codes.map(toImage)
  return deviations.map((deviation, unit) => {
    if (deviation === 0) return 0
    const squares = codes.map((code, place) => {
      const moved = toImage(code.map((value, index) => (index === unit ? value + 0.1 * deviation : value)))
      return moved.reduce((sum, value, index) => sum + (value - (still[place]?.[index] ?? 0)) ** 2, 0)
    })
    return Math.sqrt(mean(squares)) / (0.1 * deviation)
  })
}

/** Of 2¹⁶ parts each symbol has one and, of the others, as many as it occurred among training codes; what did not occur is written after an escape. */
function pricesOf(occurring: readonly number[]): (symbol: number) => number {
  const counts = new Map<number, number>()
  for (const symbol of occurring) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  const shared = 2 ** 16 - (counts.size + 1)
  const parts = new Map([...counts].map(([symbol, count]) => [symbol, 1 + Math.floor((shared * count) / (occurring.length + 1))]))
  const left = 2 ** 16 - [...parts.values()].reduce((sum, size) => sum + size, 0)
  return (symbol) => {
    const own = parts.get(symbol)
    if (own !== undefined) return 16 - Math.log2(own)
    const folded = symbol >= 0 ? 2 * symbol + 1 : -2 * symbol
    return 16 - Math.log2(left) + 2 * Math.floor(Math.log2(folded)) + 1
  }
}
