import type { ShippedModels } from '@hourglass/chapter/models'
import classes from './LivePlane.module.css'
import { rowsOf } from './rowsOf'

/** The points that a figure's models were tested on. */
export function ExamplePoints({ models: { examples, labels } }: { readonly models: ShippedModels }) {
  return rowsOf(examples, labels.length).map(([x = 0, y = 0], index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity but their place.
    <circle key={index} className={classes.data} cx={x} cy={y} r={0.018} />
  ))
}
