'use client'
import { Button } from '@mantine/core'
import { formatCount } from '../../ui/formatQuantity'
import classes from './MapPanel.module.css'
import type { CodedPlaces } from './useCodedExamples'

/** Says how far the lab is with the codes of examples, and what is the matter where it is not. */
export function CodedProgress({
  coded,
  onLeave,
}: {
  coded: Pick<CodedPlaces, 'progress' | 'places' | 'error' | 'retry'>
  onLeave: () => void
}) {
  const { progress, places, error, retry } = coded
  if (error) {
    return (
      <p className={classes.problem} role="alert">
        Their codes cannot be had: {error.message}{' '}
        <Button variant="default" size="compact-xs" onClick={retry}>
          Try again
        </Button>
      </p>
    )
  }
  if (places) return null
  const { done = 0, total = null } = progress ?? {}
  return (
    <p className={classes.fit} role="status" data-testid="coded-progress">
      {total === null ? 'Computing codes … ' : `Computing codes: ${formatCount(done)} of ${formatCount(total)} `}
      <progress aria-label="Examples that are encoded" max={total ?? 1} {...(total === null ? {} : { value: done })} />{' '}
      <Button variant="default" size="compact-xs" onClick={onLeave}>
        Cancel
      </Button>
    </p>
  )
}
