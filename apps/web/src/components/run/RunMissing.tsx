import { Button } from '@mantine/core'
import Link from 'next/link'
import classes from './RunMissing.module.css'

interface RunMissingProps {
  readonly reason: 'deleted' | 'unknown' | 'unreachable'
  readonly message?: string
  readonly onRetry?: () => void
}

const texts = {
  deleted: {
    title: 'This run has been deleted',
    text: 'Somebody deleted it, here or in another window. Its files are gone from disk too.',
  },
  unknown: { title: 'There is no such run', text: 'The address names a run that this lab does not have. It may have been deleted.' },
  unreachable: { title: 'The run could not be read', text: 'The server did not answer as it should.' },
} as const

/** Says why there is no run to show, and leads home. */
export function RunMissing({ reason, message, onRetry }: RunMissingProps) {
  const { title, text } = texts[reason]
  return (
    <div className={classes.root} role="alert" data-testid="run-missing">
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{message ?? text}</p>
      <div className={classes.actions}>
        <Button component={Link} href="/">
          All runs
        </Button>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
