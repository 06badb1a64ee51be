import type { ApiError } from '../data/apiError'
import { LAB_STARTING, TOO_MANY_REQUESTS, UNREACHABLE } from '../data/apiError'
import classes from './Unreachable.module.css'

const headings: Readonly<Record<string, string>> = {
  [UNREACHABLE]: 'The server does not answer',
  [LAB_STARTING]: 'The lab is starting',
  [TOO_MANY_REQUESTS]: 'Too much was asked from this browser',
}
const explanations: Readonly<Record<string, string>> = {
  [UNREACHABLE]: 'Is it running? This page fills itself as soon as it is back.',
  [LAB_STARTING]: 'This page fills itself as soon as it is there.',
}

/** Stands where content would be that could not be read. Heals by itself when the connection returns. */
export function Unreachable({ error }: { readonly error: ApiError }) {
  return (
    <div role="alert" className={classes.box}>
      <b>{headings[error.code] ?? 'This could not be read'}</b>
      <p>{explanations[error.code] ?? error.message}</p>
    </div>
  )
}
