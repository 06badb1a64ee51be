import { IconAlertTriangle } from '@tabler/icons-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './RunFailure.module.css'

interface RunFailureProps {
  readonly id: string
  readonly code: string
  /** What was expected, what came, and what to try. */
  readonly message: string
  readonly epochsCompleted: number
  /** Whether its configuration can begin another run. */
  readonly canLaunchAgain?: boolean
  readonly logUrl: string | null
  /** What can help. */
  readonly children?: ReactNode
}

/** Says why a run failed, and leads on. */
export function RunFailure({ id, code, message, epochsCompleted, canLaunchAgain = true, logUrl, children }: RunFailureProps) {
  return (
    <section className={classes.root} role="alert" data-testid="run-failure">
      <IconAlertTriangle className={classes.icon} size={17} aria-hidden />
      <div className={classes.text}>
        <h2 className={classes.title}>
          {epochsCompleted === 0
            ? 'Failed before the first epoch was finished'
            : `Failed after ${epochsCompleted} finished ${epochsCompleted === 1 ? 'epoch' : 'epochs'}`}
          <code className={classes.code}>{code}</code>
        </h2>
        <p>{message}</p>
        {children}
        <p className={classes.links}>
          {canLaunchAgain && <Link href={`/new?from=${encodeURIComponent(id)}`}>Launch again with changes</Link>}
          {logUrl && (
            <a href={logUrl} target="_blank" rel="noreferrer">
              Read the log
            </a>
          )}
        </p>
      </div>
    </section>
  )
}
