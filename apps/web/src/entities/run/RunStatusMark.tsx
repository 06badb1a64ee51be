import classes from './RunStatusMark.module.css'
import { type RunStatus, runStatuses } from './runStatus'

/** Names a run's state, with a mark whose shape tells states apart without colour. */
export function RunStatusMark({ status }: { readonly status: RunStatus }) {
  return (
    <span className={classes.root} data-status={status}>
      <span className={classes.mark} aria-hidden />
      {runStatuses[status].label}
    </span>
  )
}
