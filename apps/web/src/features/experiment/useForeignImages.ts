'use client'
import { clipToUnit, meanSquaredError } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { useLatentModel } from '../../entities/model/useLatentModel'
import { useReconstructed } from '../../entities/model/useReconstructed'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { drawStrip, readStrip } from '../../files/reconstructStrip'
import { useExamples } from '../../files/useExamples'
import { useEpochModel } from './useEpochModel'
import type { ExperimentRun } from './useExperiment'

export interface ForeignImages {
  /** Where the images are from. */
  readonly dataset: string
  readonly count: number
  readonly originals: HTMLImageElement
  readonly reconstructions: HTMLCanvasElement
  /** Of these images, clipped to 0…1. */
  readonly meanSquaredError: number
}

const nothing = new Float32Array()

/**
 * Lets a run reconstruct, in this browser, test images that another run was trained for: only what has learned to copy does that well. Null
 * until both have finished an epoch, and where there is no other run.
 */
export function useForeignImages(run: ExperimentRun, other: ExperimentRun | null): ForeignImages | null {
  const wanted = other !== null && run.finalEpoch !== null && other.finalEpoch !== null
  const { reconstructions } = useReconstructions(other?.id ?? run.id, wanted ? other.finalEpoch : null)
  const { images } = useExamples(wanted ? reconstructions : null)
  const { checkpoint } = useEpochModel(run.id, wanted ? run.finalEpoch : null)
  const { exampleShape } = run.dataset
  const { architecture } = readRunConfig(run.config)
  const { model } = useLatentModel(wanted && checkpoint ? { architecture, exampleShape, url: checkpoint.url } : null)
  const originals = images?.originals ?? null
  const count = images?.labels.length ?? 0
  const examples = useMemo(() => (originals ? readStrip(originals, count, exampleShape) : nothing), [originals, count, exampleShape])
  const { values } = useReconstructed(count > 0 ? model : null, examples, count)
  const [height = 1, width = 1] = exampleShape
  const dataset = other?.dataset.title ?? ''
  return useMemo(() => {
    if (!originals || !values || values.length !== examples.length) return null
    const shown = clipToUnit(values)
    return {
      dataset,
      count,
      originals,
      reconstructions: drawStrip(shown, [height, width]),
      meanSquaredError: meanSquaredError(examples, shown),
    }
  }, [dataset, count, originals, examples, values, height, width])
}
