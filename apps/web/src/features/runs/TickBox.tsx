import classes from './TickBox.module.css'

export interface TickBoxProps {
  readonly label: string
  readonly checked: boolean
  /** Whether some, and not all, of what it stands for is ticked. */
  readonly isMixed?: boolean
  readonly onTick: (isRange: boolean) => void
}

/** A box to tick in a row, as plain as there can be: a table draws many. With Shift it ticks all from the one before. */
export function TickBox({ label, checked, isMixed = false, onTick }: TickBoxProps) {
  return (
    <label className={classes.root}>
      <input
        type="checkbox"
        className={classes.box}
        aria-label={label}
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = isMixed
        }}
        onChange={({ nativeEvent }) => onTick('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      />
    </label>
  )
}
