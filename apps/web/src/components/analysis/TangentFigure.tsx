'use client'
import { Skeleton } from '@mantine/core'
import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'
import { sliceStrip } from '../../latent/sliceStrip'
import { useImages } from '../../latent/useImages'
import { useTensors } from '../../latent/useTensors'
import { ExampleImage } from '../run/ExampleImage'
import section from './AnalysisSection.module.css'
import type { TangentSpace } from './analysisTables'
import { SignedImage } from './SignedImage'
import classes from './TangentFigure.module.css'

interface TangentFigureProps {
  readonly figures: AnalysisFieldsFragment['figures']
  readonly tangents: readonly TangentSpace[]
}

/** Shows the tangent directions at test examples as images, each with its singular value; grey is no change. */
export function TangentFigure({ figures, tangents }: TangentFigureProps) {
  const examples = figures.find(({ name }) => name === 'tangents/examples')
  const directions = figures.find(({ name }) => name === 'tangents/directions')
  const { images, error } = useImages(examples ? [examples.url] : [])
  const { tensors, error: failure } = useTensors(directions?.url ?? null)
  const problem = error ?? failure
  if (problem) return <p className={section.note}>The directions could not be read: {problem.message}</p>
  const strip = images?.[0]
  const values = tensors?.values?.values
  if (!examples || !directions || !strip || !values) return <Skeleton height={200} />

  const [, shown = 0, height = 1, width = 1] = directions.shape
  const size = height * width
  const slices = sliceStrip({ width: strip.naturalWidth, height: strip.naturalHeight, count: examples.shape[0] ?? 1 })
  return (
    <figure className={classes.root} aria-label="Test images and the directions in which their reconstructions change">
      {tangents.map(({ example, label, singularValues }, row) => {
        const slice = slices[row]
        return (
          <div key={example} className={classes.row}>
            <div className={classes.cell}>
              {slice && <ExampleImage className={classes.image ?? ''} strip={strip} slice={slice} />}
              <span className={classes.value}>{label}</span>
            </div>
            {singularValues.slice(0, shown).map((singularValue, direction) => {
              const begin = (row * shown + direction) * size
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a direction is known by its place
                <div key={direction} className={classes.cell}>
                  <SignedImage className={classes.image ?? ''} values={values.subarray(begin, begin + size)} sides={[height, width]} />
                  <span className={classes.value}>{Number(singularValue.toPrecision(3))}</span>
                </div>
              )
            })}
          </div>
        )
      })}
    </figure>
  )
}
