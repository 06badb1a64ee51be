'use client'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { purgeReports, restoreReports } from '../../entities/report/reportActions'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import { PurgeDialog } from './PurgeDialog'
import classes from './TrashSection.module.css'
import { type Trashed, TrashTable } from './TrashTable'
import { useTrashedReports } from './useTrash'

/** Says what reports keep, and brings those in the trash back or deletes them for good. Nothing where there are none. */
export function ReportsSection() {
  const { kept, refetch } = useTrashedReports()
  const { run: restore, isRunning: isRestoring } = useAction(restoreReports)
  const { run: purge, isRunning: isPurging } = useAction(purgeReports)
  const [asked, setAsked] = useState<Trashed | null>(null)
  if (!kept || kept.storage.reports.reports === 0) return null
  const { reports: trashed, storage } = kept
  const { figures, bytes, reports } = storage.reports
  const { days } = storage.trash
  const changed = async (done: Promise<{ readonly data: unknown }>) => {
    if (!(await done).data) return
    setAsked(null)
    await refetch()
  }
  return (
    <section aria-labelledby="reports" className={classes.root}>
      <div className={classes.head}>
        <h2 id="reports" className={classes.title}>
          Reports
        </h2>
        <span className={classes.note}>
          {reports === 1 ? '1 report keeps' : `${formatCount(reports)} reports keep`}{' '}
          {figures === 1 ? '1 figure' : `${formatCount(figures)} figures`}, {formatBytes(bytes)} of the database.
          {trashed.length > 0 && ` What lies in the trash is deleted for good after ${days === 1 ? 'a day' : `${days} days`}.`}
        </span>
      </div>
      {trashed.length > 0 && (
        <TrashTable
          title="Report in the trash"
          rows={trashed}
          testId="trash-reports"
          isRestoring={isRestoring}
          onRestore={(id) => void changed(restore({ ids: [id] }))}
          renderActions={(row) => (
            <Button size="compact-xs" color="red" variant="light" aria-label={`Delete ${row.name} for good`} onClick={() => setAsked(row)}>
              Delete for good
            </Button>
          )}
        />
      )}
      <PurgeDialog
        opened={asked !== null}
        what={`“${asked?.name}”`}
        isOne
        isPurging={isPurging}
        onConfirm={() => asked && void changed(purge({ ids: [asked.id] }))}
        onClose={() => setAsked(null)}
      >
        Its texts and what it keeps of its figures are deleted from disk.
      </PurgeDialog>
    </section>
  )
}
