import { type DatasetId, datasetCatalog } from './catalog.js'
import type { DatasetDescription } from './DatasetDescription.js'
import { shuffledIndices } from './shuffledIndices.js'

/** Which examples of a data set are taken, where not all are: drawn at random, or the first of each file. */
export const selections = ['random', 'first'] as const
export type Selection = (typeof selections)[number]

/** How many examples are wanted; null and what is left out stand for the usual. */
export interface WantedExamples {
  /** @default null, all training examples that are not held out */
  readonly trainCount?: number | null | undefined
  /** Held out of training, for validation. @default null, see {@link countExamples} */
  readonly validationCount?: number | null | undefined
  /** @default null, all */
  readonly testCount?: number | null | undefined
  /** @default 'random' */
  readonly selection?: Selection | undefined
}

/** How many examples of each kind there are. */
export interface ExampleCounts {
  readonly train: number
  /** Held out of training; 0 where none are. */
  readonly validation: number
  readonly test: number
}

/** Places of examples in their splits, in the order in which they are used: validation examples are from the training split. */
export interface ExamplePlaces {
  readonly train: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
}

/** One of so many training examples is usually held out: 5,000 of MNIST's 60,000. */
const HELD_OUT_OF = 12
/** The drawing is part of what a data set is: every run gets the same, whatever its own seed. */
const DRAWING_SEED = 0

/**
 * Works out how many examples a request comes to. Usually a twelfth of the training split is held out, but no more than are trained on or tested on, so that
 * a small run stays small, and no more than the training examples that are asked for leave. Never judges: a request may come to more than there are.
 */
export function countExamples(
  { trainCount: all, testCount: allTest }: Pick<DatasetDescription, 'trainCount' | 'testCount'>,
  { trainCount = null, validationCount = null, testCount = null }: WantedExamples,
): ExampleCounts {
  const test = testCount ?? allTest
  const usual = Math.min(Math.round(all / HELD_OUT_OF), test, trainCount ?? all, all - (trainCount ?? 0))
  const validation = validationCount ?? Math.max(0, usual)
  return { train: trainCount ?? all - validation, validation, test }
}

/**
 * Tells which examples of a data set a request is for. At random: validation examples are the first of one permutation of the training split, training
 * examples are taken from its end, so that the two never overlap and a smaller set is the beginning of a larger one; test examples are the first of a
 * permutation of theirs. Both permutations depend on the data set's name alone. Otherwise training and test examples are the first of their files,
 * validation examples the last of the training file.
 *
 * Expects counts that the data set has.
 */
export function drawExamples(id: DatasetId, wanted: WantedExamples): ExamplePlaces {
  const sizes = datasetCatalog[id]
  const { train, validation, test } = countExamples(sizes, wanted)
  const order = (split: 'train' | 'test', count: number) =>
    wanted.selection === 'first' ? firstIndices(count) : shuffledIndices(count, { seed: DRAWING_SEED, stream: `${id}/${split}` })
  const trainOrder = order('train', sizes.trainCount)
  const [held, learned] = wanted.selection === 'first' ? [trainOrder.toReversed(), trainOrder] : [trainOrder, trainOrder.toReversed()]
  return { train: learned.slice(0, train), validation: held.slice(0, validation), test: order('test', sizes.testCount).slice(0, test) }
}

function firstIndices(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index)
}
