'use client'
import { tangentLines } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { useVectorField } from '../../entities/model/useVectorField'
import { writeLongestStep } from '../../entities/model/writeLongestStep'
import { PlotLegend } from '../../ui/PlotLegend'
import { ScatterPlot } from '../../ui/ScatterPlot'
import classes from './TangentPlane.module.css'
import type { TangentsAt } from './useTangents'

interface TangentPlaneProps {
  readonly model: BrowserModel | null
  /** Interleaved x and y of test points. */
  readonly points: Float32Array
  readonly tangents: TangentsAt
}

/** Draws, over the plane and its test points, where the autoencoder moves each place, and the tangents at the point of the present code. */
export function TangentPlane({ model, points, tangents }: TangentPlaneProps) {
  const { extent, arrows, error } = useVectorField(model, points, null)
  const { answer: point } = useDecoded(model, tangents.code, 1)
  const layers = useMemo(() => {
    if (!arrows) return null
    const singularValues = [Array.from(tangents.found.stretches)]
    const longest = 0.12 * (extent.maximum - extent.minimum)
    const lines = point ? tangentLines(point, tangents.found.images, { singularValues, longest }) : new Float32Array()
    return [
      { kind: 'dots' as const, points, colour: '--hg-faint', size: 1.6, opacity: 0.7 },
      { kind: 'links' as const, points: arrows.links, colour: '--hg-text', size: 1, opacity: 0.5 },
      { kind: 'links' as const, points: lines, colour: '--hg-accent', size: 2.5 },
      { kind: 'dots' as const, points: point ?? new Float32Array(), colour: '--hg-accent', size: 4 },
    ]
  }, [points, arrows, point, tangents, extent])
  if (error) return <p className={classes.problem}>The field could not be computed: {error.message}</p>
  if (!layers || !arrows) return <Skeleton className={classes.root ?? ''} />
  return (
    <figure className={classes.root} data-testid="tangent-plane">
      <ScatterPlot
        label={`Arrows over the plane, each from a place towards its reconstruction, ${points.length / 2} test points, and the tangents at the present code`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
      />
      <figcaption>
        <PlotLegend
          entries={[
            { text: 'Test points', mark: 'dot', colour: 'var(--hg-faint)' },
            { text: `r(x) − x, the longest ${writeLongestStep(arrows)}`, mark: 'dot', colour: 'var(--hg-text)' },
            { text: 'Present code and its tangents', mark: 'dot', colour: 'var(--hg-accent)' },
          ]}
        />
      </figcaption>
    </figure>
  )
}
