import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './RunsSkeleton.module.css'
import toolbar from './RunsToolbar.module.css'

const rows = Array.from({ length: 14 }, (_, index) => index)

/** Stands in for the whole page until its first script runs. */
export function RunsPageSkeleton() {
  return (
    <>
      <div className={toolbar.toolbar}>
        <h1 className={toolbar.title}>Runs</h1>
      </div>
      <RunsSkeleton />
    </>
  )
}

/** Keeps the place of the table while it loads, row by row, so that nothing jumps. */
export function RunsSkeleton() {
  return (
    <div role="status">
      <VisuallyHidden>Loading runs</VisuallyHidden>
      <div className={classes.head} />
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={10} width={`${14 + ((row * 7) % 9)}%`} />
          <Skeleton height={10} width="9%" />
          <Skeleton height={10} width={`${22 + ((row * 5) % 11)}%`} />
          <Skeleton height={10} width="8%" ml="auto" />
        </div>
      ))}
    </div>
  )
}
