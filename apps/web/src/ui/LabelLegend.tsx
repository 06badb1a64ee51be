import { labelColour } from './labelColours'
import { PlotLegend } from './PlotLegend'

/** Names the colour of each class label. */
export function LabelLegend({ labels }: { readonly labels: readonly number[] }) {
  return (
    <PlotLegend
      label="Colours of the labels"
      entries={labels.map((label) => ({ text: String(label), mark: 'dot', colour: labelColour(label) }))}
    />
  )
}
