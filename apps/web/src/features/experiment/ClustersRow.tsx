'use client'

import { latentDimensionOf, measurementTerm } from '@hourglass/autoencoders'
import { useIntersection } from '@mantine/hooks'
import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { ClusterMaps } from '../../entities/analysis/ClusterMaps'
import { clusterTable, useClusterMap } from '../../entities/analysis/useClusterMap'
import { useCodes } from '../../entities/run/useCodes'
import { useKept } from '../../files/useKept'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { FigureRow } from './FigureRow'
import { useRowNumbers } from './figureNumbers'
import { runFacts } from './runFacts'
import type { RunAnalysis } from './useExperimentAnalyses'
import { useLiveClusters } from './useLiveClusters'
import { Waiting } from './Waiting'

/** Longer codes are not mapped. */
const MOST_UNITS = 64

/** Shows the codes of a run by cluster and by class, and who fell where: as they were measured or, before, after its latest epoch. */
export function ClustersRow({ run, analysis }: RowProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '400px' })
  const { epochsCompleted } = run.summary
  const { architecture, training } = readRunConfig(run.config)
  const size = latentDimensionOf(architecture, run.dataset.exampleShape)
  const isMeasured = analysis?.clusters != null
  const isAwaited = analysis === undefined && run.status === 'COMPLETED'
  const isLive = !isMeasured && !isAwaited && epochsCompleted > 0 && size <= MOST_UNITS && entry?.isIntersecting === true
  const { codes, failed, retry } = useCodes(run.id, isLive ? epochsCompleted : null)
  const snapshot = useKept(codes)
  const live = useLiveClusters({ url: isLive && snapshot ? snapshot.url : null, size, seed: training.seed })
  const measured = useClusterMap(analysis ?? null)
  const mapping = isMeasured ? measured.mapping : live.answer
  const numbers = useMemo(() => (mapping ? () => clusterTable(mapping) : null), [mapping])
  useRowNumbers(run.id, numbers)
  const error = isMeasured ? measured.error : (live.error ?? (failed || null))
  const readAgain = isMeasured ? measured.retry : failed ? retry : live.retry
  return (
    <FigureRow run={run} facts={[...runFacts(run), ...(analysis ? agreement(analysis) : [])]}>
      <div ref={ref}>
        {mapping ? (
          <ClusterMaps
            label={run.label ?? run.name}
            mapping={mapping}
            chosen={isMeasured ? 'random' : 'first'}
            epoch={isMeasured ? null : epochsCompleted}
          />
        ) : error ? (
          <Unread what="The clusters" onRetry={readAgain} />
        ) : (
          <Waiting>
            {size > MOST_UNITS
              ? `Codes of more than ${MOST_UNITS} units are not mapped.`
              : epochsCompleted > 0
                ? ''
                : 'Clusters appear with the first finished epoch.'}
          </Waiting>
        )}
      </div>
    </FigureRow>
  )
}

function agreement({ subjects }: RunAnalysis) {
  const term = measurementTerm('kMeansNormalizedMutualInformation')
  return subjects
    .filter(({ subject }) => subject === 'MODEL' || subject === 'PCA')
    .flatMap(({ subject, metrics }) => {
      const value = metrics.kMeansNormalizedMutualInformation
      return value === null ? [] : [{ name: subject === 'PCA' ? 'NMI of PCA' : 'NMI', value: value.toFixed(3), term }]
    })
}
