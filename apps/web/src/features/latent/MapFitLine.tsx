'use client'
import { Button } from '@mantine/core'
import type { ExplorerStore } from './explorerStore'
import classes from './MapPanel.module.css'
import { useExplorer } from './useExplorer'

interface MapFitLineProps {
  readonly store: ExplorerStore
  /** The epoch that is shown. */
  readonly epoch: number
  /** Whether colours are computed. */
  readonly isWaiting: boolean
  /** Why the map could not be fitted, and why the colours could not be computed. */
  readonly error: Error | null
  readonly missing: Error | null
  readonly onRetry: () => void
}

/** Says which epoch a map is fitted to, fits it to the one that is shown, and tells what is the matter with it. */
export function MapFitLine({ store, epoch, isWaiting, error, missing, onRetry }: MapFitLineProps) {
  const { fittedTo } = useExplorer(store)
  return (
    <>
      <p className={classes.fit}>
        Fitted to epoch {fittedTo}.
        {fittedTo !== epoch && (
          <Button variant="default" size="compact-xs" ml={8} onClick={() => store.set({ fittedTo: epoch })}>
            Fit to epoch {epoch}
          </Button>
        )}
        {isWaiting && <span role="status"> Computing the colours …</span>}
      </p>
      {error && (
        <p className={classes.problem} role="alert">
          The map could not be fitted: {error.message}.{' '}
          <Button variant="default" size="compact-xs" onClick={onRetry}>
            Try again
          </Button>
        </p>
      )}
      {missing && (
        <p className={classes.problem} role="alert">
          The colours could not be computed: {missing.message}
        </p>
      )}
    </>
  )
}
