import type { ChartSeries } from './chartData'
import { formatLoss } from './formatQuantity'
import classes from './LineChart.module.css'
import { LineSwatch } from './LineSwatch'

const MOST_ROWS = 9

export interface TooltipRow {
  readonly line: ChartSeries
  /** What the line is of. */
  readonly of: string
  readonly value: number | null
}

export interface ChartTooltipProps {
  readonly title: string
  readonly rows: readonly TooltipRow[]
  /** What is made out, by what lines are of. */
  readonly highlighted: string | null
  /** Pixels from the left edge of the chart. */
  readonly left: number
  readonly chartWidth: number
}

/** Shows the values under the cursor, lowest first, on whichever side has room; of many those around what is made out. */
export function ChartTooltip({ title, rows, highlighted, left, chartWidth }: ChartTooltipProps) {
  const sorted = [...rows].sort((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity))
  const middle = sorted.findIndex(({ of }) => of === highlighted)
  const first = Math.max(0, Math.min(sorted.length - MOST_ROWS, middle - Math.floor(MOST_ROWS / 2)))
  const shown = sorted.slice(first, first + MOST_ROWS)
  const side = left > chartWidth / 2 ? { right: chartWidth - left + 12 } : { left: left + 12 }
  return (
    <div className={classes.tooltip} style={side} aria-hidden="true">
      <div className={classes.tooltipTitle}>{title}</div>
      {first > 0 ? <div className={classes.tooltipMore}>{first} below</div> : null}
      {shown.map(({ line, of, value }) => (
        <div key={line.id} className={classes.tooltipRow} data-highlighted={of === highlighted || undefined}>
          <LineSwatch {...line} />
          <span className={classes.tooltipLabel}>{line.label}</span>
          <span>{formatLoss(value)}</span>
        </div>
      ))}
      {sorted.length > first + shown.length ? (
        <div className={classes.tooltipMore}>{sorted.length - first - shown.length} above</div>
      ) : null}
    </div>
  )
}
