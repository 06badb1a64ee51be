'use client'
import { encoderRowOf, isNone, normalDeviation } from '@hourglass/autoencoders'
import { useIntersection } from '@mantine/hooks'
import { useLatentModel } from '../../entities/model/useLatentModel'
import type { LatentFiguresProps } from '../../entities/run/RunSections'
import { runSource } from '../../entities/run/runFigures'
import { useCodes } from '../../entities/run/useCodes'
import { areLinePoints, arePlanePoints } from '../../files/pointView'
import { useKept } from '../../files/useKept'
import { FiltersSection } from './FiltersSection'
import { PriorSection } from './PriorSection'
import { ReconstructionCurveSection } from './ReconstructionCurveSection'
import { VectorFieldSection } from './VectorFieldSection'

/** Shows what the model of an epoch does, once the reader is near enough to see it: its vector field, what its prior generates, its filters. */
export function LatentFigures({ run, epoch, examples, draw, onDraw }: LatentFiguresProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '400px' })
  const near = entry?.isIntersecting ?? false
  const { exampleShape } = run.dataset
  const { architecture, corruption } = run.config
  const hasPrior = encoderRowOf(architecture.encoder).givesDistribution

  const { codes } = useCodes(run.id, hasPrior ? epoch : null)
  const snapshot = useKept(codes)
  const url = near ? run.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.url : undefined
  const isComputed = hasPrior || exampleShape.length === 1
  const { model } = useLatentModel(url && isComputed ? { architecture, exampleShape, url } : null)
  return (
    <div ref={ref}>
      {arePlanePoints(exampleShape) && !isNone(corruption) && (
        <VectorFieldSection
          epoch={epoch}
          model={model}
          points={examples instanceof Float32Array ? examples : null}
          deviation={normalDeviation(corruption)}
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
      {hasPrior && snapshot && (
        <PriorSection
          epoch={epoch}
          model={model}
          dimensions={snapshot.dimensions}
          exampleShape={exampleShape}
          seed={draw}
          source={runSource(run, `Prior after epoch ${epoch}`)}
          onDraw={onDraw}
        />
      )}
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
