import { Unread } from '../../ui/Unread'
import classes from './StoredConfig.module.css'
import { useStoredConfig } from './useStoredConfig'

/** Shows a run's configuration as it lies in the store, whatever wrote it. */
export function StoredConfig({ id }: { readonly id: string }) {
  const { stored, failed, retry } = useStoredConfig(id)
  if (!stored) return failed ? <Unread what="The stored configuration" onRetry={retry} /> : null
  const { kind, version, text } = stored
  return (
    <>
      <p className={classes.note}>
        Kind {kind}, version {version}
      </p>
      <pre className={classes.text}>{text}</pre>
    </>
  )
}
