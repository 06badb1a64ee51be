import type { Layer } from './Layer.js'
import { convolution, transposedConvolution, upsampledConvolution } from './layers/convolutions.js'
import { dense } from './layers/dense.js'
import type { LayerRow } from './layers/LayerRow.js'

/** Every kind of layer, one a row; how each is computed of tensors says `applyKernel`. */
const layerRows: Readonly<Record<Layer['kind'], LayerRow>> = { dense, convolution, transposedConvolution, upsampledConvolution }

/** Finds what is known of a kind of layer. */
export function layerRowOf({ kind }: Pick<Layer, 'kind'>): LayerRow {
  return layerRows[kind]
}
