import { type Corruption, type CorruptionKind, Corruptor, createRandom } from '@hourglass/datasets'

/** How an example is spoiled by hand: the kind of noise, how much of it, and which draw. */
export interface ChosenNoise {
  readonly kind: CorruptionKind
  /** Standard deviation, amplitude or probability, as the kind has it; 0 leaves the example as it is. */
  readonly level: number
  readonly seed: number
}

/** The kinds of noise, and up to which level each is offered. */
export const noiseLevels = { gaussian: 1, uniform: 1, masking: 0.95, saltAndPepper: 0.95 } as const satisfies Readonly<
  Record<CorruptionKind, number>
>

const ofLevel: { readonly [Kind in CorruptionKind]: (level: number) => Corruption } = {
  gaussian: (standardDeviation) => ({ kind: 'gaussian', standardDeviation }),
  uniform: (amplitude) => ({ kind: 'uniform', amplitude }),
  masking: (probability) => ({ kind: 'masking', probability }),
  saltAndPepper: (probability) => ({ kind: 'saltAndPepper', probability }),
}

/** Spoils one example as training does. The same seed draws the same noise, of which a higher level is more. Throws DatasetError INVALID_ARGUMENT for a level out of its range. */
export function corruptExample(example: Float32Array, { kind, level, seed }: ChosenNoise): Float32Array {
  if (level === 0) return example.slice()
  const corruptor = new Corruptor({ corruption: ofLevel[kind](level), exampleSize: example.length, batchSize: 1 })
  return corruptor.corrupt(example, createRandom(seed, 'latent/noise'), 0).slice()
}

/** Reads the level of the noise that a run was trained with; null where it was trained without. */
export function noiseLevelOf(corruption: Corruption | { readonly kind: 'none' }): Omit<ChosenNoise, 'seed'> | null {
  switch (corruption.kind) {
    case 'none':
      return null
    case 'gaussian':
      return { kind: corruption.kind, level: corruption.standardDeviation }
    case 'uniform':
      return { kind: corruption.kind, level: corruption.amplitude }
    default:
      return { kind: corruption.kind, level: corruption.probability }
  }
}
