import classes from './LabelLegend.module.css'
import { labelColour } from './labelColours'

/** Names the colour of each class label. */
export function LabelLegend({ labels }: { readonly labels: readonly number[] }) {
  return (
    <ul className={classes.root} aria-label="Colours of the labels">
      {labels.map((label) => (
        <li key={label} className={classes.item}>
          <span className={classes.dot} style={{ background: labelColour(label) }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  )
}
