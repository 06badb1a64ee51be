'use client'
import { Skeleton } from '@mantine/core'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { imageFile } from '../../files/fileSources'
import { useFiles } from '../../files/useFiles'
import { type ImageRow, ImageRows } from '../../ui/ImageRows'
import { Unread } from '../../ui/Unread'
import type { DescribedRow } from './rowFigures'

interface AnalysisImagesProps {
  readonly figures: AnalysisFieldsFragment['figures']
  readonly rows: readonly DescribedRow[]
  /** Rows that are not of the analysis, below its own. */
  readonly others?: readonly ImageRow[]
  readonly label: string
}

/** Loads the strips of an analysis and sets them below one another. */
export function AnalysisImages({ figures, rows, others = [], label }: AnalysisImagesProps) {
  const found = rows.flatMap((row) => row.names.flatMap((name) => figures.filter((figure) => figure.name === name)))
  const { shown: images, error, retry } = useFiles(found.map(({ url }) => imageFile(url)))
  if (error) return <Unread what="The images" onRetry={retry} />
  if (!images) return <Skeleton height={60 * found.length} />
  const shown = rows.flatMap(({ names, title, figures: numbers }): ImageRow[] => {
    const strips = found.flatMap(({ name, shape }, index) => {
      const strip = names.includes(name) ? images[index] : undefined
      return strip ? [{ strip, count: shape[0] ?? 1 }] : []
    })
    const [first] = strips
    return first ? [{ id: names.join(' '), title, figures: numbers, strips: strips.map(({ strip }) => strip), count: first.count }] : []
  })
  return <ImageRows rows={[...shown, ...others]} label={label} />
}
