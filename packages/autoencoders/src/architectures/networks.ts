import type { ArchitectureConfig } from '../config/RunConfig.js'
import { createDenseNetwork } from './dense.js'
import type { Network } from './Network.js'

type NetworkBuilder<Config> = (config: Config, exampleShape: readonly number[]) => Network

/** The forward pass of each architecture; its parameters are in parameterLayouts. */
const networks: { readonly [Kind in ArchitectureConfig['kind']]: NetworkBuilder<Extract<ArchitectureConfig, { kind: Kind }>> } = {
  dense: createDenseNetwork,
}

/** Builds the encoder and the decoder that an architecture describes, for examples of one shape. */
export function createNetwork(architecture: ArchitectureConfig, exampleShape: readonly number[]): Network {
  return networks[architecture.kind](architecture, exampleShape)
}
