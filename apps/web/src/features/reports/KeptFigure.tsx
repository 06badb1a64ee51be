'use client'
import { Skeleton } from '@mantine/core'
import { Unread } from '../../ui/Unread'
import { FigureTableView } from './FigureTableView'
import classes from './KeptFigure.module.css'
import { useKeptTable } from './useKeptTable'
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
  const { table, failed, retry } = useKeptTable(url)
  if (failed) return <Unread what="The table" onRetry={retry} />
  return table ? <FigureTableView label={label} columns={table.columns} rows={table.rows} /> : <Skeleton height={120} />
}
