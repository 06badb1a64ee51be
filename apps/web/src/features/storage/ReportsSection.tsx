'use client'
import { useQuery } from '@apollo/client/react'
import { Button, Group, Modal, Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { TrashedReportsDocument } from '../../data/generated/graphql'
import { useAction } from '../../data/useAction'
import { purgeReports, restoreReports } from '../../entities/report/reportActions'
import { Age } from '../../ui/Age'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import classes from './TrashSection.module.css'

/** Says what reports keep, and brings those in the trash back or deletes them for good. Nothing where there are none. */
export function ReportsSection() {
  const { data, refetch } = useQuery(TrashedReportsDocument, { fetchPolicy: 'cache-and-network' })
  const { run: restore, isRunning: isRestoring } = useAction(restoreReports)
  const { run: purge, isRunning: isPurging } = useAction(purgeReports)
  const [asked, setAsked] = useState<{ readonly id: string; readonly name: string } | null>(null)
  if (!data || data.storage.reports.reports === 0) return null
  const { reports: trashed, storage } = data
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
        <table className={classes.table} data-testid="trash-reports">
          <thead>
            <tr>
              <th scope="col">Report in the trash</th>
              <th scope="col">Deleted</th>
              <th scope="col">
                <VisuallyHidden>Restore</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {trashed.map(({ id, name, deletedAt }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{deletedAt ? <Age at={deletedAt} /> : '–'}</td>
                <td data-align="right">
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    <Button
                      size="compact-xs"
                      variant="default"
                      disabled={isRestoring}
                      aria-label={`Restore ${name}`}
                      onClick={() => void changed(restore({ ids: [id] }))}
                    >
                      Restore
                    </Button>
                    <Button
                      size="compact-xs"
                      color="red"
                      variant="light"
                      aria-label={`Delete ${name} for good`}
                      onClick={() => setAsked({ id, name })}
                    >
                      Delete for good
                    </Button>
                  </Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={`Delete “${asked?.name}” for good?`}>
        <Text size="sm">Its texts and what it keeps of its figures are deleted from disk. They cannot be restored.</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsked(null)} data-autofocus>
            Keep it
          </Button>
          <Button color="red.9" loading={isPurging} onClick={() => asked && void changed(purge({ ids: [asked.id] }))}>
            Delete for good
          </Button>
        </Group>
      </Modal>
    </section>
  )
}
