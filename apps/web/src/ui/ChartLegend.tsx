import classes from './ChartLegend.module.css'
import type { ChartSeries } from './chartData'
import { LineSwatch } from './LineSwatch'

interface ChartLegendProps {
  readonly entries: readonly Pick<ChartSeries, 'id' | 'label' | 'colour' | 'dash' | 'draw' | 'of'>[]
  /** Ids of what is not drawn. */
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  /** What is made out, by the `of` of lines. */
  readonly highlighted: string | null
  readonly onHighlight: (of: string | null) => void
}

/** Names lines; pressed, one goes or comes back, and while the pointer is over it, it is made out. */
export function ChartLegend({ entries, hidden, onToggle, highlighted, onHighlight }: ChartLegendProps) {
  return (
    <ul className={classes.root} aria-label="Lines">
      {entries.map(({ id, label, colour, dash, draw, of = id }) => (
        <li key={id}>
          <button
            type="button"
            className={classes.key}
            aria-pressed={!hidden.has(id)}
            data-aside={(highlighted !== null && highlighted !== of) || undefined}
            title={label}
            onClick={() => onToggle(id)}
            onPointerEnter={() => onHighlight(of)}
            onPointerLeave={() => onHighlight(null)}
          >
            <LineSwatch colour={colour} dash={dash} draw={draw} />
            <span className={classes.text}>{label}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
