import type { ConnectionStatus } from '../data/connectionStatus'
import classes from './ConnectionBanner.module.css'

/** Tells that what the page shows is no longer live: in the header, or in a strip below it where that is full. */
export function ConnectionBanner({ status }: { readonly status: ConnectionStatus }) {
  return (
    <div role="status" aria-live="polite" className={classes.place} data-connection={status}>
      {status === 'lost' ? <span className={classes.banner}>Connection lost, reconnecting…</span> : null}
    </div>
  )
}
