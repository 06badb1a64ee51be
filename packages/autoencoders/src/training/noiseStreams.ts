import { type CounterRandom, createRandom } from '@hourglass/datasets'

export interface NoiseStream {
  readonly seed: number
  readonly stream: string
}

export interface NoiseStreams {
  /** What examples are corrupted with: that of position p begins at draw p · values of one example. */
  readonly corruption: CounterRandom
  /** What codes of variational encoders are drawn with: that of position p begins at draw p · latent dimension. */
  readonly code: CounterRandom
}

/** The noise of test examples depends on nothing that a run chooses, so that all runs are measured on the same noisy examples. */
export const TEST_NOISE: NoiseStream = { seed: 0, stream: 'in order' }

/** Creates the random streams of one pass over examples. */
export function createNoiseStreams({ seed, stream }: NoiseStream): NoiseStreams {
  return { corruption: createRandom(seed, `corruption/${stream}`), code: createRandom(seed, `code/${stream}`) }
}
