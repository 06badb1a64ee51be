'use client'
import { Skeleton } from '@mantine/core'
import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'
import { useImages } from '../../latent/useImages'
import { ImageRows } from '../run/ImageRows'
import classes from './AnalysisSection.module.css'
import type { DescribedRow } from './rowFigures'

interface AnalysisImagesProps {
  readonly figures: AnalysisFieldsFragment['figures']
  readonly rows: readonly DescribedRow[]
  readonly label: string
}

/** Loads the strips of an analysis and sets them below one another. */
export function AnalysisImages({ figures, rows, label }: AnalysisImagesProps) {
  const found = rows.flatMap((row) => figures.filter(({ name }) => name === row.name).map((figure) => ({ row, figure })))
  const { images, error } = useImages(found.map(({ figure }) => figure.url))
  if (error) return <p className={classes.note}>The images could not be read: {error.message}</p>
  if (!images) return <Skeleton height={60 * found.length} />
  const strips = found.flatMap(({ row, figure }, index) => {
    const strip = images[index]
    return strip ? [{ id: row.name, title: row.title, figures: row.figures, strip, count: figure.shape[0] ?? 1 }] : []
  })
  return <ImageRows rows={strips} label={label} />
}
