'use client'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { purgeRuns, restoreRuns } from '../../entities/run/runActions'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import { PurgeDialog } from './PurgeDialog'
import classes from './TrashSection.module.css'
import { TrashTable } from './TrashTable'
import { useTrash } from './useTrash'

const SHOWN = 20

interface TrashSectionProps {
  /** Called when runs have left the trash. */
  readonly onChanged: () => void
}

/** Lists what lies in the trash, with when it is deleted for good; brings it back, or gives its space back now. Nothing where it is empty. */
export function TrashSection({ onChanged }: TrashSectionProps) {
  const { found, refetch } = useTrash(SHOWN)
  const { run: restore, isRunning: isRestoring } = useAction(restoreRuns)
  const { run: purge, isRunning: isPurging } = useAction(purgeRuns)
  const [isAsking, setAsking] = useState(false)
  if (!found || found.runs.totalCount === 0) return null
  const { trash } = found.storage
  const { nodes, totalCount, lastSeq } = found.runs
  const changed = async (done: Promise<{ readonly data: unknown }>) => {
    if (!(await done).data) return
    setAsking(false)
    await refetch()
    onChanged()
  }
  const empty = () => changed(purge({ runs: { matching: { filter: { text: 'is deleted' }, count: totalCount, lastSeq } } }))
  const runs = totalCount === 1 ? '1 run' : `${formatCount(totalCount)} runs`
  return (
    <section aria-labelledby="trash" className={classes.root}>
      <div className={classes.head}>
        <h2 id="trash" className={classes.title}>
          Trash
        </h2>
        <span className={classes.note}>
          {runs}, {formatBytes(trash.bytes)}. What lies here is deleted for good after {trash.days === 1 ? 'a day' : `${trash.days} days`}.
        </span>
        <Button size="compact-sm" color="red" variant="light" onClick={() => setAsking(true)}>
          Empty the trash
        </Button>
      </div>
      <TrashTable
        title="Run"
        rows={nodes.map(({ experiment, ...run }) => ({ ...run, note: experiment ? `of ${experiment.name}` : null }))}
        testId="trash-runs"
        isRestoring={isRestoring}
        onRestore={(id) => void changed(restore({ ids: [id] }))}
      />
      {totalCount > nodes.length ? <p className={classes.note}>and {formatCount(totalCount - nodes.length)} more</p> : null}
      <PurgeDialog
        opened={isAsking}
        what={runs}
        isOne={false}
        isPurging={isPurging}
        onConfirm={() => void empty()}
        onClose={() => setAsking(false)}
      >
        Their metrics, images and models are deleted from disk, which gives {formatBytes(trash.bytes)} back.
      </PurgeDialog>
    </section>
  )
}
