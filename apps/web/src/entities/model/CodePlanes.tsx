'use client'
import { type CodeCloud, gridPoints, type LatentModel } from '@hourglass/autoencoders/latent'
import { type ReactNode, useMemo } from 'react'
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
        <Plane
          name="The code"
          title="Code of two units"
          note={`after epoch ${epoch}`}
          dots={`Codes of test examples in ${label}, coloured by class`}
          images={`Images that ${label} decodes of ${SIDE} × ${SIDE} codes`}
          axes={['z1', 'z2']}
          testId="code-grid"
          grid={grid}
          exampleShape={exampleShape}
          labels={cloud.labels}
          decoded={decoded}
          failure={error ? <Unread what="The images over the plane" onRetry={retry} /> : null}
        />
        <Plane
          name="The principal components"
          title="First two principal components"
          note={plane ? `${shares.join(' and ')} of the training images’ variance` : ''}
          dots="The same test examples over two principal components"
          images={`Images that PCA decodes of ${SIDE} × ${SIDE} places`}
          axes={['PC 1', 'PC 2']}
          testId="principal-grid"
          exampleShape={exampleShape}
          grid={plane ? projected : null}
          labels={cloud.labels}
          decoded={ofPlane}
          waiting={waiting}
        />
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

interface PlaneProps {
  readonly name: string
  readonly title: string
  readonly note: string
  /** Null before there is anything to draw. */
  readonly grid: ReturnType<typeof usePlaneGrid> | null
  readonly labels: ArrayLike<number>
  readonly axes: readonly [across: string, up: string]
  /** Says what the dots are. */
  readonly dots: string
  /** Says what the images are. */
  readonly images: string
  readonly decoded: Float32Array | null
  /** Stands in the place of the images. */
  readonly failure?: ReactNode
  readonly exampleShape: readonly number[]
  readonly testId: string
  readonly waiting?: string
}

/** Sets dots over a plane above the images decoded over its middle. */
function Plane({ name, title, note, grid, labels, axes, dots, images, decoded, failure, exampleShape, testId, waiting }: PlaneProps) {
  return (
    <section aria-label={name} className={classes.plane}>
      <h4 className={classes.title}>
        {title} <span className={classes.note}>{note}</span>
      </h4>
      {grid ? (
        <>
          <Dots label={dots} grid={grid} labels={labels} names={axes} />
          {failure || (
            <ImageGrid
              label={images}
              values={decoded}
              side={SIDE}
              exampleShape={exampleShape}
              x={grid.x}
              y={grid.y}
              xLabel={axes[0]}
              yLabel={axes[1]}
              testId={testId}
            />
          )}
        </>
      ) : (
        <p className={classes.waiting}>{waiting}</p>
      )}
    </section>
  )
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
