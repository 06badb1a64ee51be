import { formatLoss } from './formatQuantity'
import classes from './LineChart.module.css'

const MOST_ROWS = 14

export interface TooltipRow {
  readonly id: string
  readonly label: string
  readonly colour: string
  readonly value: number | null
}

export interface ChartTooltipProps {
  readonly title: string
  readonly rows: readonly TooltipRow[]
  /** Pixels from the left edge of the chart. */
  readonly left: number
  readonly chartWidth: number
}

/** Shows the values under the cursor, lowest first, on whichever side has room. */
export function ChartTooltip({ title, rows, left, chartWidth }: ChartTooltipProps) {
  const shown = [...rows].sort((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity)).slice(0, MOST_ROWS)
  const side = left > chartWidth / 2 ? { right: chartWidth - left + 12 } : { left: left + 12 }
  return (
    <div className={classes.tooltip} style={side} aria-hidden="true">
      <div className={classes.tooltipTitle}>{title}</div>
      {shown.map(({ id, label, colour, value }) => (
        <div key={id} className={classes.tooltipRow}>
          <span className={classes.dot} style={{ background: colour }} />
          <span className={classes.tooltipLabel}>{label}</span>
          <span>{formatLoss(value)}</span>
        </div>
      ))}
      {rows.length > shown.length ? <div className={classes.tooltipMore}>and {rows.length - shown.length} more</div> : null}
    </div>
  )
}
