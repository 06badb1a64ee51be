'use client'
import { Button } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { ArchiveLink } from '../../ui/ArchiveLink'
import { archiveAddress } from '../../ui/archiveAddress'
import { LifeActions, type LifeActionsOf } from '../../ui/LifeActions'
import { usePageActions } from '../../ui/pageActions'
import { download } from '../../ui/saveFile'

interface ExperimentActionsProps extends LifeActionsOf {
  readonly id: string
  readonly runIds: readonly string[]
  /** Offers more runs; null where it has none to repeat. */
  readonly adding: ReactNode
}

/** The address of the page that compares runs. */
function compareAddress(runIds: readonly string[]): string {
  return `/compare?runs=${runIds.map(encodeURIComponent).join(',')}`
}

/** Offers what can be done with an experiment as a whole. */
export function ExperimentActions({ id, runIds, adding, ...actions }: ExperimentActionsProps) {
  const router = useRouter()
  usePageActions([
    ...(runIds.length > 1
      ? [{ id: 'experiment.compare', label: 'Compare the runs of this experiment', run: () => router.push(compareAddress(runIds)) }]
      : []),
    { id: 'experiment.archive', label: 'Download the archive of this experiment', run: () => download(archiveAddress('experiment', id)) },
  ])
  const runs = runIds.length === 1 ? 'its run' : `its ${runIds.length} runs`
  return (
    <LifeActions
      {...actions}
      noun="experiment"
      stopLabel="Stop all"
      stopWords="Stop all runs of this experiment"
      warning={
        runIds.length === 0
          ? 'This deletes the experiment, which has no runs any more.'
          : `This moves the experiment and ${runs} with all metrics, reconstructions and checkpoints to the trash${actions.canStop ? ', and stops what still trains first' : ''}. After some days they are deleted from disk.`
      }
    >
      {adding}
      {runIds.length > 1 && (
        <Button component={Link} href={compareAddress(runIds)} variant="default" leftSection={<IconChartLine size={14} />}>
          Compare curves
        </Button>
      )}
      <ArchiveLink kind="experiment" id={id} />
    </LifeActions>
  )
}
