import classes from './PlotLegend.module.css'

export interface LegendEntry {
  readonly text: string
  readonly mark: 'dot' | 'circle' | 'line' | 'thinLine' | 'tick'
  /** Any colour of CSS. */
  readonly colour: string
}

/** Names what the marks of a plot stand for. */
export function PlotLegend({ entries, label = 'Marks' }: { readonly entries: readonly LegendEntry[]; readonly label?: string }) {
  return (
    <ul className={classes.root} aria-label={label}>
      {entries.map(({ text, mark, colour }) => (
        <li key={text} className={classes.entry}>
          <span className={classes.mark} data-mark={mark} style={{ color: colour }} aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  )
}
