import { Button } from '@mantine/core'
import classes from './Unread.module.css'

interface UnreadProps {
  /** What could not be read, as the beginning of a sentence: `The codes`. */
  readonly what: string
  readonly onRetry: () => unknown
}

/** Stands where something did not arrive, and asks for it again. */
export function Unread({ what, onRetry }: UnreadProps) {
  return (
    <p className={classes.root} role="alert">
      {what} could not be read.
      <Button variant="default" size="compact-xs" onClick={() => onRetry()}>
        Try again
      </Button>
    </p>
  )
}
