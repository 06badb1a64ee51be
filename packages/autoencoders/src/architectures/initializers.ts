import { type CounterRandom, createRandom } from '@hourglass/datasets'
import { type NamedTensors, type PlainTensor, sizeOfShape } from '../tensors/NamedTensors.js'
import type { ArchitectureConfig, InitializerConfig } from './architectureSchema.js'
import { describeParameters } from './layouts.js'
import type { ParameterSpec } from './ParameterSpec.js'

type Initializer<Config> = (config: Config, fan: Pick<ParameterSpec, 'fanIn' | 'fanOut'>) => Distribution
type Distribution = { readonly limit: number } | { readonly standardDeviation: number }

const initializers: { readonly [Kind in InitializerConfig['kind']]: Initializer<Extract<InitializerConfig, { kind: Kind }>> } = {
  // Glorot & Bengio 2010, equation 16.
  glorotUniform: (_config, { fanIn, fanOut }) => ({ limit: Math.sqrt(6 / (fanIn + fanOut)) }),
  // He et al. 2015, equation 10.
  heNormal: (_config, { fanIn }) => ({ standardDeviation: Math.sqrt(2 / fanIn) }),
  uniform: ({ limit }) => ({ limit }),
  normal: ({ standardDeviation }) => ({ standardDeviation }),
}

/**
 * Draws the starting values of every parameter of a model. Each parameter has its own random stream, named after it, so that adding a
 * layer leaves the others' values as they were.
 */
export function initializeParameters(
  architecture: ArchitectureConfig,
  { exampleShape, seed }: { readonly exampleShape: readonly number[]; readonly seed: number },
): NamedTensors {
  return Object.fromEntries(
    describeParameters(architecture, exampleShape).map((spec): [string, PlainTensor] => {
      const values = new Float32Array(sizeOfShape(spec.shape))
      if (spec.role === 'weight') fill(values, distributionOf(architecture.initializer, spec), createRandom(seed, `parameter/${spec.name}`))
      return [spec.name, { shape: spec.shape, values }]
    }),
  )
}

function distributionOf(config: InitializerConfig, spec: ParameterSpec): Distribution {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const initializer = initializers[config.kind] as Initializer<InitializerConfig>
  return initializer(config, spec)
}

function fill(values: Float32Array, distribution: Distribution, random: CounterRandom): void {
  if ('limit' in distribution) random.fillUniform(values, { low: -distribution.limit, high: distribution.limit })
  else random.fillNormal(values, { mean: 0, standardDeviation: distribution.standardDeviation })
}
