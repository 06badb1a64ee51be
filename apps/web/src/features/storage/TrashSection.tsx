'use client'
import { useQuery } from '@apollo/client/react'
import { Button, Group, Modal, Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { TrashDocument } from '../../data/generated/graphql'
import { useAction } from '../../data/useAction'
import { purgeRuns, restoreRuns } from '../../entities/run/runActions'
import { Age } from '../../ui/Age'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import classes from './TrashSection.module.css'

const SHOWN = 20

interface TrashSectionProps {
  /** Called when runs have left the trash. */
  readonly onChanged: () => void
}

/** Lists what lies in the trash, with when it is deleted for good; brings it back, or gives its space back now. Nothing where it is empty. */
export function TrashSection({ onChanged }: TrashSectionProps) {
  const { data, refetch } = useQuery(TrashDocument, { variables: { first: SHOWN }, fetchPolicy: 'cache-and-network' })
  const { run: restore, isRunning: isRestoring } = useAction(restoreRuns)
  const { run: purge, isRunning: isPurging } = useAction(purgeRuns)
  const [isAsking, setAsking] = useState(false)
  if (!data || data.runs.totalCount === 0) return null
  const { trash } = data.storage
  const { nodes, totalCount, lastSeq } = data.runs
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
      <table className={classes.table} data-testid="trash-runs">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Deleted</th>
            <th scope="col">
              <VisuallyHidden>Restore</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ id, number, name, deletedAt, experiment }) => (
            <tr key={id}>
              <th scope="row">
                <span className={classes.number}>#{number}</span> {name}
                {experiment ? <span className={classes.note}> of {experiment.name}</span> : null}
              </th>
              <td>{deletedAt ? <Age at={deletedAt} /> : '–'}</td>
              <td data-align="right">
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={isRestoring}
                  aria-label={`Restore ${name}`}
                  onClick={() => void changed(restore({ ids: [id] }))}
                >
                  Restore
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {totalCount > nodes.length ? <p className={classes.note}>and {formatCount(totalCount - nodes.length)} more</p> : null}
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Delete ${runs} for good?`}>
        <Text size="sm">
          Their metrics, images and models are deleted from disk, which gives {formatBytes(trash.bytes)} back. They cannot be restored.
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            Keep them
          </Button>
          <Button color="red" loading={isPurging} onClick={() => void empty()}>
            Delete for good
          </Button>
        </Group>
      </Modal>
    </section>
  )
}
