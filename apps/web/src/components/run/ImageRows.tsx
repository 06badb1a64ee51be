'use client'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { sliceStrip } from '../../latent/sliceStrip'
import { ExampleImage } from './ExampleImage'
import classes from './ImageRows.module.css'

export interface ImageRow {
  readonly id: string
  readonly title: string
  /** Numbers that belong to the row. */
  readonly figures?: ReactNode
  readonly strip: HTMLImageElement
  /** Images side by side in it. */
  readonly count: number
}

interface ImageRowsProps {
  readonly rows: readonly ImageRow[]
  readonly label: string
}

/** Sets strips of images below one another, each with its name and numbers beside it; narrow pages show the first half. */
export function ImageRows({ rows, label }: ImageRowsProps) {
  const columns = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <figure className={classes.root} aria-label={label}>
      {rows.map((row) => (
        <Strip key={row.id} {...row} columns={columns} />
      ))}
    </figure>
  )
}

function Strip({ title, figures, strip, count, columns }: Omit<ImageRow, 'id'> & { readonly columns: number }) {
  const slices = useMemo(() => sliceStrip({ width: strip.naturalWidth, height: strip.naturalHeight, count }), [strip, count])
  return (
    <div className={classes.row}>
      <div className={classes.text}>
        <span className={classes.title}>{title}</span>
        {figures && <span className={classes.figures}>{figures}</span>}
      </div>
      <div className={classes.images} style={{ '--count': columns } as React.CSSProperties}>
        {slices.map((slice) => (
          <ExampleImage key={slice.x} className={classes.image ?? ''} strip={strip} slice={slice} />
        ))}
      </div>
    </div>
  )
}
