'use client'
import { tangentImages } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { sliceStrip } from '../../files/sliceStrip'
import { useFile } from '../../files/useFiles'
import { ExampleImage } from '../../ui/ExampleImage'
import { Unread } from '../../ui/Unread'
import type { TangentSpace } from './analysisTables'
import { SignedImage } from './SignedImage'
import classes from './TangentFigure.module.css'

interface TangentFigureProps {
  readonly figures: AnalysisFieldsFragment['figures']
  readonly tangents: readonly TangentSpace[]
}

/** Shows the tangent directions at test examples as images, those of one example as strong as their singular values; grey is no change. */
export function TangentFigure({ figures, tangents }: TangentFigureProps) {
  const examples = figures.find(({ name }) => name === 'tangents/examples')
  const directions = figures.find(({ name }) => name === 'tangents/directions')
  const { shown: strip, error, retry } = useFile(examples ? imageFile(examples.url) : null)
  const { shown: tensors, error: failure, retry: reload } = useFile(directions ? tensorsFile(directions.url) : null)
  const values = tensors?.values?.values
  const rows = useMemo(() => {
    const [, shown = 0, height = 1, width = 1] = directions?.shape ?? []
    const size = height * width
    return tangents.map(({ example, label, singularValues }, row) => {
      const strengths = singularValues.slice(0, shown)
      const own = values?.subarray(row * shown * size, (row + 1) * shown * size) ?? new Float32Array()
      return { example, label, strengths, sides: [height, width] as const, ...tangentImages(own, strengths, size) }
    })
  }, [directions, tangents, values])
  if (error || failure) return <Unread what="The directions" onRetry={error ? retry : reload} />
  if (!examples || !directions || !strip || !values) return <Skeleton height={200} />

  const slices = sliceStrip({ width: strip.naturalWidth, height: strip.naturalHeight, count: examples.shape[0] ?? 1 })
  return (
    <figure
      className={classes.root}
      aria-label="Test images and the directions in which their reconstructions change, each times its singular value, on one scale for each image"
      data-testid="tangent-images"
    >
      {rows.map(({ example, label, strengths, sides, images: changes, largest }, row) => {
        const slice = slices[row]
        return (
          <div key={example} className={classes.row}>
            <div className={classes.cell}>
              {slice && <ExampleImage className={classes.image ?? ''} strip={strip} slice={slice} />}
              <span className={classes.value}>{label}</span>
            </div>
            {changes.map((change, direction) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a direction is known by its place
              <div key={direction} className={classes.cell}>
                <SignedImage className={classes.image ?? ''} values={change} sides={sides} largest={largest} />
                <span className={classes.value}>{Number(strengths[direction]?.toPrecision(3))}</span>
              </div>
            ))}
          </div>
        )
      })}
      <figcaption className={classes.note}>
        Each direction times its singular value, on one scale for each image; grey is no change.
      </figcaption>
    </figure>
  )
}
