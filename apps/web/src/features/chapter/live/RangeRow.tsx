import sliderClasses from '../../../ui/slider.module.css'
import classes from './RangeRow.module.css'

interface RangeRowProps {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly step?: number
  /** The value in words, beside the slider. */
  readonly shown: string
  readonly onChange: (value: number) => void
}

/** A slider with its name and its value. */
export function RangeRow({ label, value, most, step = 1, shown, onChange }: RangeRowProps) {
  return (
    <label className={classes.root}>
      <span className={classes.label}>{label}</span>
      <input
        type="range"
        className={`${sliderClasses.range} ${classes.range}`}
        min={0}
        max={most}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      <span className={classes.value}>{shown}</span>
    </label>
  )
}
