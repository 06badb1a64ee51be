import { FieldTitle } from './FieldTitle'
import classes from './LaunchForm.module.css'

export interface UnusedFieldProps {
  readonly title: string
  readonly path: string
  readonly reason: string
}

/** Stands where a setting has no effect, and says why. */
export function UnusedField({ title, path, reason }: UnusedFieldProps) {
  return (
    <div className={classes.unused}>
      <span className={classes.unusedTitle}>
        <FieldTitle title={title} path={path} />
      </span>
      <span className={classes.unusedReason}>{reason}</span>
    </div>
  )
}
