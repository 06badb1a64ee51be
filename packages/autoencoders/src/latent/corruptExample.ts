import {
  type Corruption,
  type CorruptionKind,
  Corruptor,
  corruptionKinds,
  corruptionOf,
  corruptionRows,
  createRandom,
  noiseOf,
  usualCorruption,
} from '@hourglass/datasets'
import { isNone, type NONE } from '../config/isNone.js'

/** How an example is spoiled by hand: the kind of noise, how much of it, and which draw. */
export interface ChosenNoise {
  readonly kind: CorruptionKind
  /** Standard deviation, amplitude or probability, as the kind has it; 0 leaves the example as it is. */
  readonly level: number
  readonly seed: number
}

/** A kind of noise as it is offered. */
export interface OfferedNoise {
  readonly kind: CorruptionKind
  readonly title: string
  /** What its level is, within a sentence. */
  readonly level: string
  /** Up to which level it is offered. */
  readonly most: number
}

/** Every kind of noise as it is offered, those that add to every value first. */
export const offeredNoise: readonly OfferedNoise[] = [true, false].flatMap((isAdded) =>
  corruptionKinds.filter((kind) => corruptionRows[kind].isAdded === isAdded).map(offerOf),
)

/** Tells how a kind of noise is offered. */
export function offerOf(kind: CorruptionKind): OfferedNoise {
  const { title, level } = corruptionRows[kind]
  return { kind, title, level: level.words, most: level.mostOffered }
}

/** What is chosen before anybody chooses: no noise. */
export const unspoiled: ChosenNoise = { kind: usualCorruption, level: 0, seed: 1 }

/** Spoils one example as training does. The same seed draws the same noise, of which a higher level is more. Throws DatasetError INVALID_ARGUMENT for a level out of its range. */
export function corruptExample(example: Float32Array, { kind, level, seed }: ChosenNoise): Float32Array {
  if (level === 0) return example.slice()
  const corruptor = new Corruptor({ corruption: corruptionOf(kind, level), exampleSize: example.length, batchSize: 1 })
  return corruptor.corrupt(example, createRandom(seed, 'latent/noise'), 0).slice()
}

/** Reads the level of the noise that a run was trained with; null where it was trained without. */
export function noiseLevelOf(corruption: Corruption | { readonly kind: typeof NONE }): Omit<ChosenNoise, 'seed'> | null {
  return isNone(corruption) ? null : { kind: corruption.kind, level: noiseOf(corruption).level }
}
