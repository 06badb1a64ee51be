import { linearArchitecture } from '../architectures/architectureSchema.js'
import { completeRunConfig } from '../config/validateRunConfig.js'
import type { Engine } from '../engines/Engine.js'
import { EngineModel } from '../inference/EngineModel.js'
import type { ModelDescription } from '../inference/ModelDescription.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import { fitWienerFilter, type WienerFilterOptions } from './wienerFilter.js'

export interface FilterOptions extends Omit<WienerFilterOptions, 'basis'> {
  readonly engine: Engine
  readonly principalComponents: PrincipalComponents
  readonly exampleShape: readonly number[]
}

/** Filters corrupted examples [n, size] by the Wiener filter of all principal components that there are, fitted to training examples. */
export async function filterExamples(examples: Float32Array, options: FilterOptions): Promise<Float32Array> {
  const { engine, principalComponents, exampleShape, clean, corrupted } = options
  const components = toLinearModel(principalComponents, Math.max(1, principalComponents.rank), exampleShape)
  const basis = new EngineModel(engine, components)
  try {
    const { gains, offsets } = await fitWienerFilter({ basis, clean, corrupted })
    const kernel = components.parameters['encoder/0/kernel']?.values ?? new Float32Array()
    const bias = components.parameters['encoder/0/bias']?.values ?? new Float32Array()
    const mean = components.parameters['decoder/0/bias']?.values ?? new Float32Array()
    const weighted = kernel.map((weight, index) => weight * (gains[index % gains.length] as number))
    // Decoding adds the mean to each row.
    const product = await basis.decode(weighted)
    const filter = new EngineModel(
      engine,
      affineMap({
        kernel: product.map((value, index) => value - (mean[index % mean.length] as number)),
        bias: await basis.decode(bias.map((value, column) => (gains[column] as number) * value + (offsets[column] as number))),
        exampleShape,
      }),
    )
    try {
      return await filter.encode(examples)
    } finally {
      await filter.dispose()
    }
  } finally {
    await basis.dispose()
  }
}

interface AffineMap {
  /** [size, size] */
  readonly kernel: Float32Array
  readonly bias: Float32Array
  readonly exampleShape: readonly number[]
}

/** Describes an affine map of examples as the encoder of a model, whose decoder is of no use: encoding by components, guessing and decoding are one matrix. */
function affineMap({ kernel, bias, exampleShape }: AffineMap): ModelDescription {
  const size = bias.length
  const { architecture } = completeRunConfig({ architecture: linearArchitecture(size) })
  const square = [size, size]
  return {
    config: architecture,
    exampleShape,
    parameters: {
      'encoder/0/kernel': { shape: square, values: kernel },
      'encoder/0/bias': { shape: [size], values: bias },
      'decoder/0/kernel': { shape: square, values: new Float32Array(size * size) },
      'decoder/0/bias': { shape: [size], values: new Float32Array(size) },
    },
  }
}
