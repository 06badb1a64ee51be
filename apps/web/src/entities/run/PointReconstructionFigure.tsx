'use client'
import { useMemo } from 'react'
import { pointSize } from '../../files/pointSize'
import { pointView } from '../../files/pointView'
import type { DecodedPoints } from '../../files/useExamples'
import { joinPairs } from '../../ui/joinPairs'
import { PlotLegend } from '../../ui/PlotLegend'
import { extentOf, unite } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import classes from './PointReconstructionFigure.module.css'

/** Draws test points and where their reconstructions fall, each pair joined by a line as long as its error. */
export function PointReconstructionFigure(points: DecodedPoints) {
  const { epoch, size: coordinates } = points
  const view = useMemo(() => pointView(coordinates), [coordinates])
  const isLine = coordinates === 1
  // Of single numbers each lies over itself, as high as what is made of it: an example on the diagonal is reconstructed as it is.
  const [originals, reconstructions] = useMemo(
    () =>
      isLine
        ? [overThemselves(points.originals, points.originals), overThemselves(points.originals, points.reconstructions)]
        : [view.flatten(points.originals), view.flatten(points.reconstructions)],
    [view, isLine, points.originals, points.reconstructions],
  )
  const count = Math.floor(Math.min(originals.length, reconstructions.length) / 2)
  const size = pointSize(count)
  // Reconstructions of an untrained model can lie anywhere; the originals alone decide what is in view.
  const extent = useMemo(() => unite(extentOf(originals, { axis: 0 }), extentOf(originals, { axis: 1 })), [originals])
  const layers = useMemo(
    () => [
      { kind: 'links' as const, points: joinPairs(originals, reconstructions, count), colour: '--hg-faint', size: 0.75, opacity: 0.7 },
      { kind: 'dots' as const, points: originals, colour: '--hg-faint', size },
      { kind: 'dots' as const, points: reconstructions, colour: '--hg-accent', size },
    ],
    [originals, reconstructions, count, size],
  )
  return (
    <figure className={classes.root} data-testid="reconstruction-figure" data-epoch={epoch}>
      <ScatterPlot
        label={`${count} test points and their reconstructions after epoch ${epoch}`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel={view.xLabel}
        yLabel={isLine ? 'r(x)' : view.yLabel}
      />
      <figcaption>
        <PlotLegend
          entries={[
            { text: 'Original', mark: 'dot', colour: 'var(--hg-faint)' },
            { text: 'Reconstruction', mark: 'dot', colour: 'var(--hg-accent)' },
          ]}
        />
      </figcaption>
    </figure>
  )
}

function overThemselves(across: Float32Array, up: Float32Array): Float32Array {
  return Float32Array.from(Array.from(across, (x, index) => [x, up[index] ?? Number.NaN]).flat())
}
