import type { ApiError } from '../data/apiError'
import { UNREACHABLE } from '../data/apiError'
import classes from './Unreachable.module.css'

/** Stands where content would be that could not be read. Heals by itself when the connection returns. */
export function Unreachable({ error }: { readonly error: ApiError }) {
  return (
    <div role="alert" className={classes.box}>
      <b>{error.code === UNREACHABLE ? 'The server does not answer' : 'This could not be read'}</b>
      <p>{error.code === UNREACHABLE ? 'Is it running? This page fills itself as soon as it is back.' : error.message}</p>
    </div>
  )
}
