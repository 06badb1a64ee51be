import { useQuery } from '@apollo/client/react'
import { StoredConfigDocument } from '../../data/generated/graphql'
import classes from './StoredConfig.module.css'

/** Shows a run's configuration as it lies in the store, whatever wrote it. */
export function StoredConfig({ id }: { readonly id: string }) {
  const { data } = useQuery(StoredConfigDocument, { variables: { id } })
  if (!data) return null
  const { kind, version, text } = data.run.storedConfig
  return (
    <>
      <p className={classes.note}>
        Kind {kind}, version {version}
      </p>
      <pre className={classes.text}>{text}</pre>
    </>
  )
}
