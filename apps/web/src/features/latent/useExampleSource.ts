import { examplesOf } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import type { Run } from '../../entities/run/useRun'
import type { ExampleSource } from './useExample'

/** Says where the examples of a run are read from, and how many of each split there are. */
export function useExampleSource({ id: runId, config, dataset: { exampleShape } }: Run): ExampleSource {
  return useMemo(() => {
    const { test, train, validation } = examplesOf(config)
    return { runId, exampleShape, counts: [test, train, validation] }
  }, [runId, config, exampleShape])
}
