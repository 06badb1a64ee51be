'use client'
import { labelColour } from '../../ui/labelColours'
import classes from './ClassFilter.module.css'

interface ClassFilterProps {
  readonly labels: readonly number[]
  /** Classes that are left out. */
  readonly hidden: readonly number[]
  /** Whether the colours are those of the map. */
  readonly isColoured: boolean
  readonly onChange: (hidden: readonly number[]) => void
}

/** Names the classes of a map, and leaves out those that are pressed; a double press leaves out all others. */
export function ClassFilter({ labels, hidden, isColoured, onChange }: ClassFilterProps) {
  return (
    <fieldset className={classes.root} aria-label="Classes on the map">
      {labels.map((label) => {
        const isShown = !hidden.includes(label)
        return (
          <button
            key={label}
            type="button"
            className={classes.entry}
            aria-pressed={isShown}
            title="Press to leave it out, twice to leave out all others"
            onClick={() => onChange(isShown ? [...hidden, label].toSorted((a, b) => a - b) : hidden.filter((other) => other !== label))}
            onDoubleClick={() => onChange(labels.filter((other) => other !== label))}
          >
            <span className={classes.mark} style={isColoured ? { background: labelColour(label) } : undefined} aria-hidden />
            {label}
          </button>
        )
      })}
      {hidden.length > 0 && (
        <button type="button" className={classes.entry} onClick={() => onChange([])}>
          All
        </button>
      )}
    </fieldset>
  )
}
