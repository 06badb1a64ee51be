import type { CodeColumn } from './CodeColumn.js'
import { RangeDecoder } from './RangeDecoder.js'
import { RangeEncoder } from './RangeEncoder.js'
import { SymbolModel } from './SymbolModel.js'

interface Dimension {
  readonly centre: number
  readonly step: number
  readonly model: SymbolModel
}

/**
 * Compresses codes to bytes: each dimension is rounded to a whole number of steps from its mean, and the numbers are range coded by how
 * often they occurred among training codes. What it was fitted to belongs to the codec, as a decoder's weights do, and is not in the bytes.
 * Source: Theis et al. 2017, sections 2 and 4, with a histogram a dimension as the entropy model.
 */
export class CodeCompressor {
  readonly #dimensions: readonly Dimension[]

  /** Fits to training codes, one positive step a dimension. */
  constructor(trainingCodes: readonly CodeColumn[], steps: Float64Array) {
    this.#dimensions = trainingCodes.map(({ values, mean: centre }, dimension) => {
      const step = steps[dimension] as number
      const symbols = new Float64Array(values.length)
      for (let row = 0; row < values.length; row++) symbols[row] = quantize(values[row] as number, { centre, step })
      return { centre, step, model: new SymbolModel(symbols) }
    })
  }

  /** Compresses codes [n, dimensions] into one message. */
  compress(codes: Float32Array): Uint8Array {
    const encoder = new RangeEncoder()
    codes.forEach((value, index) => {
      const dimension = this.#dimensionOf(index)
      dimension.model.encode(encoder, quantize(value, dimension))
    })
    return encoder.finish()
  }

  /** Returns the rounded codes of a message of `count` codes, [count, dimensions]. */
  decompress(message: Uint8Array, count: number): Float32Array {
    const decoder = new RangeDecoder(message)
    const codes = new Float32Array(count * this.#dimensions.length)
    for (let index = 0; index < codes.length; index++) {
      const { centre, step, model } = this.#dimensionOf(index)
      codes[index] = centre + step * model.decode(decoder)
    }
    return codes
  }

  #dimensionOf(index: number): Dimension {
    return this.#dimensions[index % this.#dimensions.length] as Dimension
  }
}

function quantize(value: number, { centre, step }: Pick<Dimension, 'centre' | 'step'>): number {
  // Adding zero turns −0, which no message tells from 0, into 0.
  return Math.round((value - centre) / step) + 0
}
