'use client'

import { type ArchitectureConfig, latentDimensionOf } from '@hourglass/autoencoders'
import { useIntersection } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { CodeSnapshotFieldsFragment } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useLatentModel } from '../../entities/model/useLatentModel'
import { useKept } from '../../files/useKept'
import { Unread } from '../../ui/Unread'
import { FigureRow } from './FigureRow'
import { type RunFact, runFacts } from './runFacts'
import { useEpochModel } from './useEpochModel'
import type { ExperimentRun } from './useExperiment'
import { Waiting } from './Waiting'

/** A run's model after its latest epoch, in this browser. */
export interface OpenedModel {
  readonly run: ExperimentRun
  readonly epoch: number
  readonly model: BrowserModel
  readonly codes: CodeSnapshotFieldsFragment
  readonly architecture: ArchitectureConfig
  readonly latentDimension: number
  readonly exampleShape: readonly number[]
}

interface ModelRowProps {
  readonly run: ExperimentRun
  readonly facts?: readonly RunFact[]
  /** Whether a line that explains its colours stands below what is drawn. @default false */
  readonly hasLegend?: boolean
  readonly children: (opened: OpenedModel) => ReactNode
}

/** Opens a run's model after its latest epoch once the reader is near, and draws with it; keeps up with training. */
export function ModelRow({ run, facts = [], hasLegend = false, children }: ModelRowProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '400px' })
  const { epochsCompleted } = run.summary
  const { codes, checkpoint, failed, retry } = useEpochModel(run.id, entry?.isIntersecting ? run.finalEpoch : null)
  const snapshot = useKept(codes)
  const { exampleShape } = run.dataset
  const { architecture } = readRunConfig(run.config)
  const { model, error, retry: reopen } = useLatentModel(checkpoint ? { architecture, exampleShape, url: checkpoint.url } : null)
  const readAgain = () => (failed ? retry() : reopen())
  const latentDimension = latentDimensionOf(architecture, exampleShape)
  return (
    <FigureRow run={run} facts={[...runFacts(run), ...facts]}>
      <div ref={ref}>
        {model && snapshot ? (
          children({ run, epoch: snapshot.epoch, model, codes: snapshot, architecture, latentDimension, exampleShape })
        ) : failed || error ? (
          <Unread what="The model" onRetry={readAgain} />
        ) : (
          <Waiting hasLegend={hasLegend}>{epochsCompleted > 0 ? '' : 'Drawn with the model, from the first finished epoch on.'}</Waiting>
        )}
      </div>
    </FigureRow>
  )
}
