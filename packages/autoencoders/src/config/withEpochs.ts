import type { RunConfig } from './RunConfig.js'

/** Gives a configuration another number of epochs, and leaves all else as it is. */
export function withEpochs(config: RunConfig, epochs: number): RunConfig {
  return { ...config, training: { ...config.training, epochs } }
}
