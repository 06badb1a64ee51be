import { SegmentedControl } from '@mantine/core'
import type { ChartScale } from './chartData'

interface ScaleControlProps {
  readonly value: ChartScale
  readonly onChange: (scale: ChartScale) => void
}

/** Chooses whether the values of a chart are drawn on a linear or a logarithmic axis. */
export function ScaleControl({ value, onChange }: ScaleControlProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Axis"
      value={value}
      onChange={onChange}
      data={[
        { value: 'linear', label: 'Linear' },
        { value: 'log', label: 'Log' },
      ]}
    />
  )
}
