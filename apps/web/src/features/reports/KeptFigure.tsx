'use client'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Unread } from '../../ui/Unread'
import { FigureTableView } from './FigureTableView'
import classes from './KeptFigure.module.css'
import { readFigureCsv } from './readFigureCsv'
import type { ReportFigure } from './useReport'

/** Device pixels a CSS pixel at which images are kept. */
const SCALE = 2

/** Shows a figure as it was kept. */
export function KeptFigure({ figure }: { readonly figure: ReportFigure }) {
  const { imageUrl, tableUrl, width, height, alternative, title } = figure
  if (imageUrl !== null) {
    return (
      // biome-ignore lint/performance/noImgElement: what the lab keeps has its size.
      <img
        src={imageUrl}
        alt={alternative || title}
        width={Math.round(width / SCALE)}
        height={Math.round(height / SCALE)}
        loading="lazy"
        decoding="async"
        className={classes.image}
      />
    )
  }
  if (tableUrl !== null) return <KeptTable label={title} url={tableUrl} />
  return <p className={classes.lacking}>What was kept of this figure is lost.</p>
}

function KeptTable({ label, url }: { readonly label: string; readonly url: string }) {
  const { data, isError, refetch } = useQuery({
    queryKey: ['report table', url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`The table could not be read: ${response.status}.`)
      return readFigureCsv(await response.text())
    },
  })
  if (isError) return <Unread what="The table" onRetry={() => void refetch()} />
  return data ? <FigureTableView label={label} columns={data.columns} rows={data.rows} /> : <Skeleton height={120} />
}
