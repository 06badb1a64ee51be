import { Skeleton, VisuallyHidden } from '@mantine/core'

/** Holds the places of an experiment's page while it loads, so that nothing jumps when it arrives. */
export function ExperimentSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading the experiment</VisuallyHidden>
      <Skeleton height={28} width={320} maw="80%" />
      <Skeleton height={18} width={420} maw="90%" mt={6} />
      <Skeleton height={10} mt={16} />
      <Skeleton height={40} mt={14} />
      <Skeleton height={420} mt={20} />
      <Skeleton height={260} mt={20} />
    </div>
  )
}
