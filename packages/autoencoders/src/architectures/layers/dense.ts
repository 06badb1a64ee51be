import type { DenseLayer } from '../Layer.js'
import type { ImageEnd, LayerRow, UnitWeights } from './LayerRow.js'
import { sumOver } from './sumOver.js'

export const dense: LayerRow<DenseLayer> = {
  describeKernel: ({ inputs, outputs }) => ({ shape: [inputs, outputs], outputs, fanIn: inputs, fanOut: outputs }),
  multiplications: ({ inputs, outputs }) => inputs * outputs,
  enlargedValues: () => 0,
  unitWeights,
}

/** Reads the weights between one unit and every pixel. */
function unitWeights({ inputs, outputs }: DenseLayer, { isEncoder, image }: ImageEnd): UnitWeights {
  const { height, width, channels } = image
  const weightAt = isEncoder
    ? (values: Float32Array, unit: number, value: number) => values[value * outputs + unit] ?? 0
    : (values: Float32Array, unit: number, value: number) => values[unit * outputs + value] ?? 0
  return {
    total: isEncoder ? outputs : inputs,
    sides: [height, width],
    at: (values, unit, place) => sumOver(channels, (channel) => weightAt(values, unit, place * channels + channel)),
  }
}
