import type { ConnectionStatus } from '../data/connectionStatus'
import classes from './ConnectionBanner.module.css'

const words: Partial<Record<ConnectionStatus, string>> = {
  lost: 'Connection lost, reconnecting…',
  restarting: 'The lab is restarting, reconnecting…',
}

/** Tells that what the page shows is no longer live: in the header, or in a strip below it where that is full. */
export function ConnectionBanner({ status }: { readonly status: ConnectionStatus }) {
  const text = words[status]
  return (
    <div role="status" aria-live="polite" className={classes.place} data-connection={status}>
      {text === undefined ? null : <span className={classes.banner}>{text}</span>}
    </div>
  )
}
