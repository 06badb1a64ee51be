import classes from './ProgressTrack.module.css'

interface ProgressTrackProps {
  readonly label: string
  /** From 0 to 1. */
  readonly fraction: number
}

/** Draws how far something is as a thin bar. */
export function ProgressTrack({ label, fraction }: ProgressTrackProps) {
  const percent = Math.round(fraction * 1000) / 10
  return (
    <div className={classes.track} role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <div className={classes.bar} style={{ width: `${percent}%` }} />
    </div>
  )
}
