'use client'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { pointSize } from '../../files/pointSize'
import { pointView } from '../../files/pointView'
import type { DecodedPoints } from '../../files/useExamples'
import { joinPairs } from '../../ui/joinPairs'
import { PlotLegend } from '../../ui/PlotLegend'
import { extentOf, unite, widen } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import { axisArrows } from './axisArrows'
import classes from './PrincipalAxesPlot.module.css'

export type PrincipalAxes = NonNullable<AnalysisFieldsFragment['principalAxes']>

interface PrincipalAxesPlotProps {
  /** Test points and where a run puts them. */
  readonly points: DecodedPoints
  /** Of the training points; null before they are known. */
  readonly axes: PrincipalAxes | null
  /** Of the run that the points were put by. */
  readonly label: string
}

/** Length of an arrow’s barbs, as a share of what is in view. */
const BARB = 0.035

/**
 * Draws test points joined to where a run puts them, under the eigenvectors of the training points’ covariance, each as long as the standard deviation
 * along it, from the mean. Both axes have one scale, so that right angles are seen as such.
 */
export function PrincipalAxesPlot({ points, axes, label }: PrincipalAxesPlotProps) {
  const { epoch, size: coordinates } = points
  const view = useMemo(() => pointView(coordinates), [coordinates])
  const originals = useMemo(() => view.flatten(points.originals), [view, points.originals])
  const reconstructions = useMemo(() => view.flatten(points.reconstructions), [view, points.reconstructions])
  const count = Math.floor(Math.min(originals.length, reconstructions.length) / 2)
  const extent = useMemo(() => widen(unite(extentOf(originals, { axis: 0 }), extentOf(originals, { axis: 1 })), 0.02), [originals])
  const layers = useMemo(() => {
    const size = pointSize(count)
    const drawn = [
      { kind: 'links' as const, points: joinPairs(originals, reconstructions, count), colour: '--hg-faint', size: 0.75, opacity: 0.55 },
      { kind: 'dots' as const, points: originals, colour: '--hg-faint', size },
      { kind: 'dots' as const, points: reconstructions, colour: '--hg-accent', size },
    ]
    if (axes === null) return drawn
    const scaled = axes.eigenvectors.map(({ direction, standardDeviation }) =>
      view.flatten(Float32Array.from(direction, (value) => value * standardDeviation)),
    )
    const barb = BARB * (extent.maximum - extent.minimum)
    const arrows = axisArrows(scaled, { mean: view.flatten(Float32Array.from(axes.mean)), barb })
    return [...drawn, { kind: 'links' as const, points: arrows, colour: '--hg-text', size: 2 }]
  }, [view, originals, reconstructions, count, axes, extent])
  return (
    <figure className={classes.root} data-testid="principal-axes" data-epoch={epoch} data-axes={axes?.eigenvectors.length ?? 0}>
      <ScatterPlot
        label={`${count} test points, where ${label} puts them after epoch ${epoch}${axes ? ', and the principal components of the training points' : ''}`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel={view.xLabel}
        yLabel={view.yLabel}
      />
      <figcaption>
        <PlotLegend
          entries={[
            { text: 'Test point', mark: 'dot', colour: 'var(--hg-faint)' },
            { text: 'Where it is put', mark: 'dot', colour: 'var(--hg-accent)' },
            ...(axes
              ? [{ text: `Principal component × s.d. (${deviationsOf(axes)})`, mark: 'line' as const, colour: 'var(--hg-text)' }]
              : []),
          ]}
        />
      </figcaption>
    </figure>
  )
}

function deviationsOf({ eigenvectors }: PrincipalAxes): string {
  return eigenvectors.map(({ standardDeviation }) => standardDeviation.toPrecision(3)).join(', ')
}
