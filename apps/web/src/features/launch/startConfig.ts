import { divergenceRemedies, type RunConfig } from '@hourglass/autoencoders'

export interface StartOptions {
  /** The epoch whose model the run starts from; 0 for initial weights. */
  readonly epoch: number
  /** Names a {@link divergenceRemedies}; null for the settings as they are. */
  readonly remedy: string | null
}

export interface Start {
  readonly config: RunConfig
  /** What the remedy changes, for example `Learning rate 0.01 instead of 0.1`; null without one. */
  readonly change: string | null
}

/** Gives the settings that the form of a run begins with which follows another one: with a remedy, where it names one, and without what a trained model has no use for. */
export function startConfig(config: RunConfig, { epoch, remedy }: StartOptions): Start {
  const chosen = divergenceRemedies({ config, epoch }).find(({ id }) => id === remedy)
  if (chosen) return { config: chosen.config, change: chosen.title }
  return { config: epoch > 0 ? { ...config, training: { ...config.training, pretraining: { kind: 'none' } } } : config, change: null }
}
