import type { ReactNode } from 'react'
import classes from './BarChart.module.css'
import { formatLoss } from './formatQuantity'

export interface Bar {
  readonly id: number
  /** Stands below it where there is room. */
  readonly name: string
  /** From 0. */
  readonly value: number
  /** Said of it under the pointer. */
  readonly title: string
  readonly faint?: boolean
}

interface BarChartProps {
  readonly bars: readonly Bar[]
  readonly caption: string
  /** Figures of all bars. */
  readonly summary?: ReactNode
  /** Unit of the values; empty where they have none. */
  readonly unit: string
  /** What the chart shows, for those who do not see it. */
  readonly label: string
  /** What one bar stands for, in the plural. */
  readonly of: string
  readonly testId?: string
}

/** More bars than these cannot be told apart. */
const MOST_BARS = 128
const MOST_NAMES = 24

/** Draws values from 0 as bars on one scale, in the order given. */
export function BarChart({ bars, caption, summary, unit, label, of, testId }: BarChartProps) {
  const tallest = Math.max(Number.MIN_VALUE, ...bars.map(({ value }) => value))
  return (
    <figure className={classes.root} aria-label={label} data-testid={testId} data-drawn>
      <figcaption className={classes.caption}>
        <span>{caption}</span>
        <span className={classes.figures}>{summary}</span>
      </figcaption>
      <div className={classes.bars} aria-hidden>
        {bars.slice(0, MOST_BARS).map(({ id, name, title, value, faint }) => (
          <div key={id} className={classes.slot} title={title}>
            <div className={classes.room}>
              <div className={classes.bar} data-faint={faint || undefined} style={{ height: `${Math.max(0, value / tallest) * 100}%` }} />
            </div>
            {bars.length <= MOST_NAMES && <span className={classes.name}>{name}</span>}
          </div>
        ))}
      </div>
      <p className={classes.scale}>
        Tallest: {[formatLoss(tallest), unit].filter(Boolean).join(' ')}
        {bars.length > MOST_BARS ? `; the first ${MOST_BARS} of ${bars.length} ${of}` : ''}
      </p>
    </figure>
  )
}
