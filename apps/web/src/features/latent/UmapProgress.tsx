'use client'
import { Button } from '@mantine/core'
import classes from './MapPanel.module.css'
import type { UmapState } from './useUmap'

/** Says how far UMAP is, and ends it. */
export function UmapProgress({ umap }: { umap: UmapState }) {
  const { progress, isWorking, isCancelled } = umap
  if (isWorking) {
    return (
      <p className={classes.fit} role="status" data-testid="umap-progress">
        {progress ? `UMAP: step ${progress.done} of ${progress.total} ` : 'UMAP looks for the neighbours of each code … '}
        <progress aria-label="Steps of UMAP" {...(progress ? { max: progress.total, value: progress.done } : {})} />{' '}
        <Button variant="default" size="compact-xs" onClick={umap.cancel}>
          Cancel UMAP
        </Button>
      </p>
    )
  }
  if (!isCancelled) return null
  return (
    <p className={classes.fit}>
      UMAP was cancelled.{' '}
      <Button variant="default" size="compact-xs" onClick={umap.retry}>
        Lay the codes out
      </Button>
    </p>
  )
}
