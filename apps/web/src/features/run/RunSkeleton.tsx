import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './RunSkeleton.module.css'

/** Holds the places of a run's page while it loads, so that nothing jumps when it arrives. */
export function RunSkeleton() {
  return (
    <div className={classes.root} aria-busy="true">
      <VisuallyHidden component="h1">Run</VisuallyHidden>
      <VisuallyHidden role="status">Loading the run</VisuallyHidden>
      <Skeleton height={28} width={320} maw="80%" />
      <Skeleton height={18} width={240} mt={4} />
      <Skeleton height={18} width="60%" mt={14} />
      <Skeleton height={32} width={260} mt={18} />
      <Skeleton height={48} mt={14} />
      <Skeleton height={320} mt={14} />
      <Skeleton height={160} mt={20} />
    </div>
  )
}
