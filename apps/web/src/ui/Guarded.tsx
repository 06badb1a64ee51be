'use client'

import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import classes from './Unread.module.css'

interface GuardedProps {
  /** What breaks here, as the beginning of a sentence: `The codes`. */
  readonly what: string
  /** Tries again whenever this changes. */
  readonly shown?: string | number | null | undefined
  readonly children: ReactNode
}

/** Keeps an exception to the part of the page that it is in: says there what happened, and offers to try again. */
export function Guarded({ what, shown, children }: GuardedProps) {
  return (
    <ErrorBoundary
      resetKeys={[shown]}
      onError={(error) => console.error(error)}
      fallbackRender={(failure) => <Broken what={what} {...failure} />}
    >
      {children}
    </ErrorBoundary>
  )
}

function Broken({ what, error, resetErrorBoundary }: FallbackProps & { readonly what: string }) {
  return (
    <div className={classes.root} role="alert" data-testid="broken">
      <p>
        {what} could not be drawn: {error instanceof Error ? error.message : String(error)}
      </p>
      <Button variant="default" size="compact-xs" onClick={resetErrorBoundary}>
        Try again
      </Button>
    </div>
  )
}
