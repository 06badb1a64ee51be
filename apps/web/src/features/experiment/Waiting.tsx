import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './FigureRow.module.css'

/** Keeps the place of what a run will show, and says why it is not there yet. */
export function Waiting({ children }: { readonly children?: ReactNode }) {
  return (
    <div className={classes.waiting} data-testid="waiting">
      {children}
    </div>
  )
}

/** Keeps that place while what is known of a run is asked for. */
export function WaitingSkeleton() {
  return <Skeleton className={classes.waiting ?? ''} />
}
