'use client'
import { useMemo } from 'react'
import { type Strip, sizeOfStrip } from '../files/Strip'
import { sliceStrip } from '../files/sliceStrip'
import { ExampleImage } from './ExampleImage'
import classes from './ImageRows.module.css'

export interface ImageRow {
  readonly id: string
  readonly title: string
  /** Numbers that belong to the row. */
  readonly figures?: string | undefined
  /** Strips that belong together, below one another. */
  readonly strips: readonly Strip[]
  /** Images side by side in each. */
  readonly count: number
}

interface ImageRowsProps {
  readonly rows: readonly ImageRow[]
  readonly label: string
}

/** Sets strips of images below one another, each row with its name and numbers beside it; narrow pages show the first half. */
export function ImageRows({ rows, label }: ImageRowsProps) {
  const columns = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <figure className={classes.root} aria-label={label}>
      {rows.map(({ id, title, figures, strips, count }) => (
        <div key={id} className={classes.row}>
          <div className={classes.text}>
            <span className={classes.title}>{title}</span>
            {figures && <span className={classes.figures}>{figures}</span>}
          </div>
          <div className={classes.strips} style={{ '--count': columns } as React.CSSProperties}>
            {strips.map((strip, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a strip is known by its place
              <ImageStrip key={index} strip={strip} count={count} />
            ))}
          </div>
        </div>
      ))}
    </figure>
  )
}

function ImageStrip({ strip, count }: { readonly strip: Strip; readonly count: number }) {
  const slices = useMemo(() => sliceStrip({ ...sizeOfStrip(strip), count }), [strip, count])
  return (
    <div className={classes.images}>
      {slices.map((slice) => (
        <ExampleImage key={slice.x} className={classes.image ?? ''} strip={strip} slice={slice} />
      ))}
    </div>
  )
}
