import { Corruptor, medianFilter } from '@hourglass/datasets'
import { createNoiseStreams, TEST_NOISE } from '../training/noiseStreams.js'
import type { AnalysisContext } from './AnalysisContext.js'

const BATCH = 500

/** Corrupts the test examples as the run's inputs were, with the noise of its evaluations; filtered ones for images. Undefined without corruption. */
export function corruptExamples({ options, test, size, sides }: AnalysisContext) {
  const { corruption } = options.config
  if (corruption.kind === 'none') return undefined
  const corruptor = new Corruptor({ corruption, exampleSize: size, batchSize: BATCH })
  const random = createNoiseStreams(TEST_NOISE).corruption
  const examples = new Float32Array(test.features.length)
  for (let begin = 0; begin < examples.length; begin += BATCH * size) {
    examples.set(corruptor.corrupt(test.features.subarray(begin, begin + BATCH * size), random, begin / size), begin)
  }
  return { examples, filtered: sides && medianFilter(examples, { height: sides[0], width: sides[1] }) }
}
