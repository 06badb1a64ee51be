'use client'
import { useMemo } from 'react'
import { extentOf, unite } from '../../latent/plotExtent'
import classes from './PointReconstructionFigure.module.css'
import { ScatterPlot } from './ScatterPlot'

interface PointReconstructionFigureProps {
  readonly epoch: number
  /** Interleaved x and y of the test points. */
  readonly originals: Float32Array
  /** Where the autoencoder puts each. */
  readonly reconstructions: Float32Array
}

/** Draws test points and where their reconstructions fall, each pair joined by a line as long as its error. */
export function PointReconstructionFigure({ epoch, originals, reconstructions }: PointReconstructionFigureProps) {
  const count = Math.floor(originals.length / 2)
  // Reconstructions of an untrained model can lie anywhere; the originals alone decide what is in view.
  const extent = useMemo(() => unite(extentOf(originals, { axis: 0 }), extentOf(originals, { axis: 1 })), [originals])
  const layers = useMemo(
    () => [
      { kind: 'links' as const, points: joinPairs(originals, reconstructions), colour: '--hg-faint', size: 1, opacity: 0.7 },
      { kind: 'rings' as const, points: originals, colour: '--hg-muted', size: 4 },
      { kind: 'dots' as const, points: reconstructions, colour: '--hg-accent', size: 3.5 },
    ],
    [originals, reconstructions],
  )
  return (
    <figure className={classes.root} data-testid="reconstruction-figure" data-epoch={epoch}>
      <ScatterPlot
        label={`${count} test points and their reconstructions after epoch ${epoch}`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
      />
      <figcaption className={classes.legend}>
        <span className={classes.original}>Original</span>
        <span className={classes.reconstruction}>Reconstruction</span>
      </figcaption>
    </figure>
  )
}

function joinPairs(from: Float32Array, to: Float32Array): Float32Array {
  const joined = new Float32Array(from.length * 2)
  for (let at = 0; at + 1 < from.length; at += 2) {
    joined.set([from[at] ?? 0, from[at + 1] ?? 0, to[at] ?? Number.NaN, to[at + 1] ?? Number.NaN], at * 2)
  }
  return joined
}
