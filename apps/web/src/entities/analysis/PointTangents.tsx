'use client'
import { tangentLines } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { tensorsFile } from '../../files/fileSources'
import { pointView } from '../../files/pointView'
import { useFile } from '../../files/useFiles'
import { extentOf, unite, widen } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import { Unread } from '../../ui/Unread'
import type { TangentSpace } from './analysisTables'
import classes from './PointTangents.module.css'

interface PointTangentsProps {
  readonly figures: AnalysisFieldsFragment['figures']
  readonly tangents: readonly TangentSpace[]
}

/** Half the length of a point's leading tangent, as a share of what is in view. */
const REACH = 0.09

/**
 * Draws the tangent spaces of a decoder of points: through each reconstruction a line in both ways along every left singular vector of the decoder's
 * Jacobian there. The leading one of each point is as long as that of any other, the second shorter by the ratio of their singular values. Lengths
 * therefore compare the directions of one point, never points with one another.
 */
export function PointTangents({ figures, tangents }: PointTangentsProps) {
  const fileOf = (part: string) => {
    const figure = figures.find(({ name }) => name === `tangents/${part}`)
    return figure ? tensorsFile(figure.url) : null
  }
  const stored = useFile(fileOf('points'))
  const turned = useFile(fileOf('directions'))
  const rows = stored.shown?.values
  const turns = turned.shown?.values
  const view = useMemo(() => pointView(rows?.shape[1] ?? 2), [rows])
  const drawn = useMemo(() => {
    if (!rows || !turns) return null
    const points = view.flatten(rows.values)
    const directions = view.flatten(turns.values)
    const extent = widen(unite(extentOf(points, { axis: 0 }), extentOf(points, { axis: 1 })), 0.12)
    const longest = REACH * (extent.maximum - extent.minimum)
    const lines = tangentLines(points, directions, { singularValues: tangents.map(({ singularValues }) => singularValues), longest })
    return { extent, lines, points }
  }, [view, rows, turns, tangents])
  const layers = useMemo(
    () =>
      drawn
        ? [
            { kind: 'links' as const, points: drawn.lines, colour: '--hg-text', size: 1.25, opacity: 0.85 },
            { kind: 'dots' as const, points: drawn.points, colour: '--hg-accent', size: 2.5 },
          ]
        : [],
    [drawn],
  )
  const unread = [stored, turned].find(({ error }) => error)
  if (unread) return <Unread what="The directions" onRetry={unread.retry} />
  if (!drawn) return <Skeleton className={classes.plot ?? ''} height={380} />
  return (
    <div className={classes.plot} data-testid="point-tangents">
      <ScatterPlot
        label={`${tangents.length} reconstructed test points, each with the lines along which the decoder lets it move`}
        layers={layers}
        x={drawn.extent}
        y={drawn.extent}
        xLabel={view.xLabel}
        yLabel={view.yLabel}
      />
    </div>
  )
}
