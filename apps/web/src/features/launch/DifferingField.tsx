import { FieldTitle } from './FieldTitle'
import type { Difference } from './formRuns'
import classes from './LaunchForm.module.css'

interface DifferingFieldProps {
  readonly difference: Difference
  /** Gives all runs what the first has. */
  readonly onUnify: () => void
}

/** Stands where runs differ while all of them are edited. */
export function DifferingField({ difference: { title, path, values }, onUnify }: DifferingFieldProps) {
  const first = values[0]
  return (
    <div className={classes.unused}>
      <span className={classes.unusedTitle}>
        <FieldTitle title={title} path={path} />
      </span>
      <span className={classes.unusedReason}>
        Differs: {[...new Set(values.flatMap((value) => (value === null ? [] : [value === '' ? 'all' : value])))].join(', ')}.
      </span>
      {first === null || first === undefined ? null : (
        <button type="button" className={classes.disclosure} onClick={onUnify}>
          Give all runs {first === '' ? 'all' : first}
        </button>
      )}
    </div>
  )
}
