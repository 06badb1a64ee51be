import { scaleLinear } from 'd3-scale'
import { withoutEndZeros } from '../../ui/formatQuantity'
import { TermTitle } from '../../ui/TermTitle'
import classes from './DotPlot.module.css'
import { type DomainOptions, type DotRow, type DotSeries, domainOf } from './dotRows'
import { labelledTicks } from './labelledTicks'

export type { DotRow, DotSeries, DotValue } from './dotRows'

export interface DotPlotProps extends DomainOptions {
  readonly title: string
  /** Of the glossary. */
  readonly term?: string | undefined
  /** Stands behind the title, smaller: a unit, or which way is better. */
  readonly note?: string | undefined
  readonly rows: readonly DotRow[]
  readonly series: readonly DotSeries[]
  readonly format: (value: number) => string
}

const TICKS = 4

/** Sets values on one axis, a row for each run and a mark for each thing that was measured of it; spreads are lines through their marks. */
export function DotPlot({ title, term, note, rows, series, format, fromZero, bounds }: DotPlotProps) {
  const formatTick = (tick: number) => withoutEndZeros(format(tick))
  const scale = scaleLinear(domainOf(rows, { fromZero, bounds }), [0, 100]).nice(TICKS).clamp(true)
  const ticks = scale.ticks(TICKS)
  return (
    <figure className={classes.root} aria-label={title} data-testid="dot-plot" data-drawn>
      <figcaption className={classes.title}>
        <TermTitle title={title} term={term} /> {note ? <span className={classes.note}>{note}</span> : null}
      </figcaption>
      <div className={classes.rows}>
        {rows.map(({ id, label, colour, values, summary }) => (
          <div key={id} className={classes.row} data-summary={summary || undefined}>
            <span className={classes.label}>{label}</span>
            <div className={classes.lane}>
              {ticks.map((tick) => (
                <span key={tick} className={classes.grid} style={{ left: `${scale(tick)}%` }} aria-hidden />
              ))}
              {series.map(({ id: key, label: what, mark }) => {
                const value = values[key]
                if (!value) return null
                const text = `${label}, ${what}: ${value.text ?? format(value.value)}${value.spread ? ` ± ${format(value.spread)}` : ''}`
                const [low, high] = [scale(value.value - (value.spread ?? 0)), scale(value.value + (value.spread ?? 0))]
                return (
                  <span key={key}>
                    {value.spread ? (
                      <span className={classes.spread} style={{ left: `${low}%`, width: `${high - low}%` }} aria-hidden />
                    ) : null}
                    <span
                      className={classes.mark}
                      data-mark={mark}
                      style={{ left: `${scale(value.value)}%`, color: mark === 'run' ? colour : undefined }}
                      role="img"
                      aria-label={text}
                      title={text}
                    />
                  </span>
                )
              })}
            </div>
          </div>
        ))}
        <div className={classes.axis} aria-hidden>
          {labelledTicks(ticks, formatTick).map((tick) => (
            <span key={tick} className={classes.tick} style={{ left: `${scale(tick)}%` }}>
              {formatTick(tick)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  )
}
