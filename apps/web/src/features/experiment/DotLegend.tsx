import { TermTitle } from '../../ui/TermTitle'
import classes from './DotPlot.module.css'
import type { DotSeries } from './dotRows'

/** Says what the marks of dot plots stand for. */
export function DotLegend({ series }: { readonly series: readonly DotSeries[] }) {
  return (
    <ul className={classes.legend} aria-label="Marks">
      {series.map(({ id, label, term, mark }) => (
        <li key={id} className={classes.key}>
          <span className={classes.mark} data-mark={mark} aria-hidden />
          <TermTitle title={label} term={term} />
        </li>
      ))}
    </ul>
  )
}
