import classes from './LaunchForm.module.css'

export interface UnusedFieldProps {
  readonly title: string
  readonly reason: string
}

/** Stands where a setting has no effect, and says why. */
export function UnusedField({ title, reason }: UnusedFieldProps) {
  return (
    <div className={classes.unused}>
      <span className={classes.unusedTitle}>{title}</span>
      <span className={classes.unusedReason}>{reason}</span>
    </div>
  )
}
