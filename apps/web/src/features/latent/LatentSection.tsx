'use client'
import { latentDimensionOf } from '@hourglass/autoencoders'
import { readCodes } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useMemo } from 'react'
import { normalDeviation } from '../../entities/model/useCorruptedPoints'
import { useLatentModel } from '../../entities/model/useLatentModel'
import type { LatentSectionProps } from '../../entities/run/RunSections'
import { runSource } from '../../entities/run/runFigures'
import { useCodes } from '../../entities/run/useCodes'
import { tensorsFile } from '../../files/fileSources'
import { areLinePoints, arePlanePoints } from '../../files/pointView'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { FiltersSection } from './FiltersSection'
import { LatentPanel } from './LatentPanel'
import { PriorSection } from './PriorSection'
import { ReconstructionCurveSection } from './ReconstructionCurveSection'
import { VectorFieldSection } from './VectorFieldSection'

/** A map of larger codes would fetch megabytes an epoch to show two of their dimensions. */
const MOST_MAPPED_DIMENSIONS = 64

/** Loads what the latent space of an epoch needs, once the reader is near enough to see it. */
export function LatentSection({ run, epoch, examples, view, onView, onEpoch }: LatentSectionProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '400px' })
  const near = entry?.isIntersecting ?? false
  const { exampleShape } = run.dataset
  const size = latentDimensionOf(run.config.architecture, exampleShape)

  const { codes, failed, retry } = useCodes(run.id, epoch)
  const snapshot = useKept(codes)
  const url = near ? run.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.url : undefined
  const { model, error } = useLatentModel(url ? { architecture: run.config.architecture, exampleShape, url } : null)
  const mapped = size <= MOST_MAPPED_DIMENSIONS
  const stored = useFile(near && (mapped || view.along === 'directions') && snapshot ? tensorsFile(snapshot.url) : null)
  const cloud = useMemo(() => readCodes(stored.shown), [stored.shown])

  const { architecture, corruption } = run.config
  return (
    <div ref={ref}>
      {arePlanePoints(exampleShape) && corruption.kind !== 'none' && (
        <VectorFieldSection
          epoch={epoch}
          model={model}
          points={examples instanceof Float32Array ? examples : null}
          deviation={normalDeviation(run.config)}
          source={runSource(run, `Vector field after epoch ${epoch}`)}
        />
      )}
      {areLinePoints(exampleShape) && (
        <ReconstructionCurveSection
          epoch={epoch}
          model={model}
          points={examples instanceof Float32Array ? examples : null}
          source={runSource(run, `r(x) over x after epoch ${epoch}`)}
        />
      )}
      {architecture.encoder.kind === 'variational' && snapshot && (
        <PriorSection
          epoch={epoch}
          model={model}
          dimensions={snapshot.dimensions}
          exampleShape={exampleShape}
          seed={view.draw}
          source={runSource(run, `Prior after epoch ${epoch}`)}
          onDraw={(draw) => onView({ draw })}
        />
      )}
      <PageSection
        id="run-latent"
        title="Latent space"
        note={`${size === 1 ? '1 dimension' : `${size} dimensions, each`} within its range over the test data; decoded in this browser`}
      >
        {snapshot ? (
          <LatentPanel
            epoch={epoch}
            dimensions={snapshot.dimensions}
            exampleShape={exampleShape}
            model={model}
            error={error}
            mapped={mapped}
            cloud={cloud}
            examples={examples}
            view={view}
            onView={onView}
            onEpoch={onEpoch}
            source={runSource(run, `Codes after epoch ${snapshot.epoch}`)}
          />
        ) : failed ? (
          <Unread what="The codes" onRetry={retry} />
        ) : (
          <Skeleton height={300} />
        )}
      </PageSection>
      {exampleShape.length > 1 && (
        <FiltersSection
          epoch={epoch}
          architecture={architecture}
          exampleShape={exampleShape}
          url={url ?? null}
          source={runSource(run, `Filters after epoch ${epoch}`)}
        />
      )}
    </div>
  )
}
