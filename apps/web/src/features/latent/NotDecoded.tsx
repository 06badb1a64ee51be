import classes from './ExplorerPanel.module.css'

/** Says that what is drawn is not what the code decodes to. */
export function NotDecoded({ error }: { readonly error: Error | null }) {
  return error && <p className={classes.problem}>The code could not be decoded: {error.message}</p>
}
