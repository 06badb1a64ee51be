import { isNone } from '../config/isNone.js'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import { penaltyFactsOf } from '../config/penaltyFactsOf.js'
import type { RunConfig } from '../config/RunConfig.js'
import type { DatasetSizes } from './DatasetSizes.js'

/** What runs are told apart by, the most telling first: two that differ in one of these take their time in other ways. */
const kindsOf = ({ architecture, optimizer, regularizer, corruption, training, evaluation }: RunConfig, { exampleShape }: DatasetSizes) => [
  exampleShape.length > 1 ? 'images' : 'points',
  architecture.kind,
  isMiniBatch(optimizer) ? 'miniBatch' : optimizer.kind,
  penaltyFactsOf(regularizer)?.usesJacobian ?? false,
  architecture.encoder.kind,
  isNone(corruption),
  training.pretraining.kind,
  evaluation.labels === null,
]

/** A run as far as its time depends on it. */
export interface TimedRun {
  readonly config: RunConfig
  readonly sizes: DatasetSizes
}

/** Tells how much two runs differ: 0 where their kinds are the same, more where more or more telling ones are not. */
export function differenceOf(one: TimedRun, other: TimedRun): number {
  const [kinds, others] = [kindsOf(one.config, one.sizes), kindsOf(other.config, other.sizes)]
  return kinds.reduce<number>((sum, kind, index) => sum + (kind === others[index] ? 0 : 2 ** (kinds.length - 1 - index)), 0)
}

/** Names the work of a run: runs of one key differ in nothing but how often and from which seed they do it. */
export function workKey({ config, sizes }: TimedRun): string {
  const { seed: _, epochs: __, ...training } = config.training
  return JSON.stringify([{ ...config, training }, sizes.exampleShape, sizes.trainCount, sizes.testCount])
}
