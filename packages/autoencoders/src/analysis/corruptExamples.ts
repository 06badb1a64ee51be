import { Corruptor } from '@hourglass/datasets'
import { isNone } from '../config/isNone.js'
import type { CorruptionConfig } from '../config/RunConfig.js'
import { createNoiseStreams, type NoiseStream, TEST_NOISE } from '../training/noiseStreams.js'

const BATCH = 500

interface CorruptOptions {
  readonly corruption: CorruptionConfig
  /** Values of one example. */
  readonly size: number
  readonly stream?: NoiseStream
}

/**
 * Corrupts examples [n, size] as the inputs of a run are, each with the noise of its place: of test examples in their order that of the run's
 * evaluations, unless another stream is named. Without corruption they are returned as they are.
 */
export function corruptInOrder(examples: Float32Array, { corruption, size, stream = TEST_NOISE }: CorruptOptions): Float32Array {
  if (isNone(corruption)) return examples
  const corruptor = new Corruptor({ corruption, exampleSize: size, batchSize: BATCH })
  const random = createNoiseStreams(stream).corruption
  const corrupted = new Float32Array(examples.length)
  for (let begin = 0; begin < examples.length; begin += BATCH * size) {
    corrupted.set(corruptor.corrupt(examples.subarray(begin, begin + BATCH * size), random, begin / size), begin)
  }
  return corrupted
}
