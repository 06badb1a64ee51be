'use client'
import { useMemo } from 'react'
import { PlotLegend } from '../../ui/PlotLegend'
import type { Extent } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import classes from './ReconstructionCurvePlot.module.css'

interface ReconstructionCurvePlotProps {
  readonly epoch: number
  /** Test points, one number each. */
  readonly points: Float32Array
  readonly extent: Extent
  /** Interleaved x and r(x), from left to right. */
  readonly curve: Float32Array
}

/** Height of the marks of test points, as a share of the plot's. */
const MARK = 0.03
/** More marks than these run into each other. */
const MOST_MARKS = 48

/** Draws r(x) over x beside the diagonal, where nothing is changed, with test points marked on the axis. Source: Goodfellow et al. 2016, figure 14.7. */
export function ReconstructionCurvePlot({ epoch, points, extent, curve }: ReconstructionCurvePlotProps) {
  const layers = useMemo(() => {
    const { minimum, maximum } = extent
    const top = minimum + MARK * (maximum - minimum)
    const marks = Float32Array.from(Array.from(points.subarray(0, MOST_MARKS), (x) => [x, minimum, x, top]).flat())
    return [
      { kind: 'line' as const, points: [minimum, minimum, maximum, maximum], colour: '--hg-faint', size: 1 },
      { kind: 'links' as const, points: marks, colour: '--hg-muted', size: 0.75 },
      { kind: 'line' as const, points: curve, colour: '--hg-accent', size: 2 },
    ]
  }, [points, extent, curve])
  return (
    <figure className={classes.plot} data-testid="reconstruction-curve" data-epoch={epoch}>
      <ScatterPlot
        label={`r(x) over x beside the diagonal after epoch ${epoch}, with ${Math.min(points.length, MOST_MARKS)} test points marked on the axis`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="r(x)"
      />
      <figcaption>
        <PlotLegend
          entries={[
            { text: 'r(x)', mark: 'line', colour: 'var(--hg-accent)' },
            { text: 'r = x', mark: 'thinLine', colour: 'var(--hg-faint)' },
            { text: 'Test points', mark: 'tick', colour: 'var(--hg-muted)' },
          ]}
        />
      </figcaption>
    </figure>
  )
}
