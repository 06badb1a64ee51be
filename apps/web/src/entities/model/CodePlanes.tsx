'use client'
import { type CodeCloud, gridPoints, type LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { ImageGrid } from '../../ui/ImageGrid'
import { LabelLegend } from '../../ui/LabelLegend'
import { labelColour } from '../../ui/labelColours'
import { extentOf } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import { Unread } from '../../ui/Unread'
import classes from './CodePlanes.module.css'
import { decodeAffine, middleExtent, outline } from './planeGrid'
import { useDecoded } from './useDecoded'
import type { PrincipalPlane } from './usePlaneCodes'

/** Images on each side of a grid. */
const SIDE = 15

interface CodePlanesProps {
  /** Of the run. */
  readonly label: string
  readonly epoch: number
  readonly model: LatentModel
  /** Codes of two units, of test examples. */
  readonly cloud: CodeCloud
  readonly exampleShape: readonly number[]
  /** Of the same examples; null before the run was measured. */
  readonly plane: PrincipalPlane | null
  /** What stands in the place of the principal components until then. */
  readonly waiting: string
}

/**
 * Sets a code of two units beside the first two principal components: the same test examples over both planes, and under each what is decoded of a grid over
 * the part of it that is outlined, where the middle 96 % of examples are along each axis.
 */
export function CodePlanes({ label, epoch, model, cloud, exampleShape, plane, waiting }: CodePlanesProps) {
  const grid = usePlaneGrid(cloud.codes)
  const projected = usePlaneGrid(plane?.codes ?? nowhere)
  const { answer: decoded, error, retry } = useDecoded(model, grid.codes, SIDE * SIDE)
  const ofPlane = useMemo(() => (plane ? decodeAffine(plane.decoder, projected.codes) : null), [plane, projected])
  const labels = useMemo(() => [...new Set(Array.from(cloud.labels))].toSorted((a, b) => a - b), [cloud.labels])
  const shares = plane?.varianceShares.map((share) => `${(100 * share).toFixed(1)} %`) ?? []
  return (
    <div className={classes.root} data-testid="code-planes" data-epoch={epoch} data-principal={plane !== null}>
      <div className={classes.planes}>
        <section aria-label="The code" className={classes.plane}>
          <h4 className={classes.title}>
            Code of two units <span className={classes.note}>after epoch {epoch}</span>
          </h4>
          <Dots label={`Codes of test examples in ${label}, coloured by class`} grid={grid} labels={cloud.labels} names={['z1', 'z2']} />
          {error ? (
            <Unread what="The images over the plane" onRetry={retry} />
          ) : (
            <ImageGrid
              label={`Images that ${label} decodes of ${SIDE} × ${SIDE} codes`}
              values={decoded}
              side={SIDE}
              exampleShape={exampleShape}
              x={grid.x}
              y={grid.y}
              xLabel="z1"
              yLabel="z2"
              testId="code-grid"
            />
          )}
        </section>
        <section aria-label="The principal components" className={classes.plane}>
          <h4 className={classes.title}>
            First two principal components{' '}
            <span className={classes.note}>{plane ? `${shares.join(' and ')} of the training images’ variance` : ''}</span>
          </h4>
          {plane ? (
            <>
              <Dots
                label="The same test examples over two principal components"
                grid={projected}
                labels={cloud.labels}
                names={['PC 1', 'PC 2']}
              />
              <ImageGrid
                label={`Images that PCA decodes of ${SIDE} × ${SIDE} places`}
                values={ofPlane}
                side={SIDE}
                exampleShape={exampleShape}
                x={projected.x}
                y={projected.y}
                xLabel="PC 1"
                yLabel="PC 2"
                testId="principal-grid"
              />
            </>
          ) : (
            <p className={classes.waiting}>{waiting}</p>
          )}
        </section>
      </div>
      <LabelLegend labels={labels} />
    </div>
  )
}

const nowhere = new Float32Array()

/** Lays a grid over the middle of codes `[n, 2]`. */
function usePlaneGrid(points: Float32Array) {
  return useMemo(() => {
    const [x, y] = [middleExtent(points, 0), middleExtent(points, 1)]
    return { points, x, y, codes: gridPoints({ x, y, side: SIDE }) }
  }, [points])
}

interface DotsProps {
  readonly label: string
  readonly grid: ReturnType<typeof usePlaneGrid>
  readonly labels: ArrayLike<number>
  readonly names: readonly [across: string, up: string]
}

function Dots({ label, grid: { points, x, y }, labels, names }: DotsProps) {
  const extents = useMemo(() => ({ x: extentOf(points, { axis: 0 }), y: extentOf(points, { axis: 1 }) }), [points])
  const layers = useMemo(
    () => [
      { kind: 'dots' as const, points, colour: (index: number) => labelColour(labels[index] ?? 0), size: 1.6, opacity: 0.75 },
      { kind: 'line' as const, points: outline(x, y), colour: '--hg-muted', size: 1 },
    ],
    [points, labels, x, y],
  )
  return <ScatterPlot label={label} layers={layers} {...extents} xLabel={names[0]} yLabel={names[1]} />
}
