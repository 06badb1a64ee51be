import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './FigureRow.module.css'

interface WaitingProps {
  /** Whether a line that explains its colours will stand below what is shown. @default false */
  readonly hasLegend?: boolean
  readonly children?: ReactNode
}

/** Keeps the place of what a run will show, and says why it is not there yet. */
export function Waiting({ hasLegend = false, children }: WaitingProps) {
  return (
    <div className={classes.waiting} data-testid="waiting" data-legend={hasLegend || undefined}>
      {children}
    </div>
  )
}

/** Keeps that place while what is known of a run is asked for. */
export function WaitingSkeleton() {
  return <Skeleton className={classes.waiting ?? ''} />
}
