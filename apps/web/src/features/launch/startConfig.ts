import { divergenceRemedies, type RunConfig } from '@hourglass/autoencoders'

export interface StartOptions {
  /** The epoch whose model the run starts from; 0 for initial weights. */
  readonly epoch: number
  /** Names a {@link divergenceRemedies}; null for the settings as they are. */
  readonly remedy: string | null
}

/** Gives the settings that the form of a run begins with which follows another one: with a remedy, where it names one, and without what a trained model has no use for. */
export function startConfig(config: RunConfig, { epoch, remedy }: StartOptions): RunConfig {
  const chosen = divergenceRemedies({ config, epoch }).find(({ id }) => id === remedy)
  if (chosen) return chosen.config
  return epoch > 0 ? { ...config, training: { ...config.training, pretraining: { kind: 'none' } } } : config
}
