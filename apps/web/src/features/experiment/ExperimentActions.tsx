'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { IconChartLine, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'

interface ExperimentActionsProps {
  readonly name: string
  readonly runIds: readonly string[]
  readonly canStop: boolean
  readonly canResume: boolean
  readonly onStop: () => Promise<unknown>
  readonly onResume: () => Promise<unknown>
  readonly onDelete: () => Promise<unknown>
}

/** Offers what can be done with an experiment as a whole. Actions report their own failures. */
export function ExperimentActions({ name, runIds, canStop, canResume, onStop, onResume, onDelete }: ExperimentActionsProps) {
  const [busy, setBusy] = useState<'stop' | 'resume' | 'delete' | null>(null)
  const [asking, setAsking] = useState(false)
  const perform = (which: 'stop' | 'resume' | 'delete', action: () => Promise<unknown>) => async () => {
    setBusy(which)
    await action()
    setBusy(null)
    setAsking(false)
  }
  const runs = runIds.length === 1 ? 'its run' : `its ${runIds.length} runs`
  return (
    <Group gap={6}>
      {canStop ? (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} loading={busy === 'stop'} onClick={perform('stop', onStop)}>
          Stop all
        </Button>
      ) : null}
      {canResume ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          loading={busy === 'resume'}
          onClick={perform('resume', onResume)}
        >
          Resume
        </Button>
      ) : null}
      {runIds.length > 1 ? (
        <Button
          component={Link}
          href={`/compare?runs=${runIds.map(encodeURIComponent).join(',')}`}
          variant="default"
          leftSection={<IconChartLine size={14} />}
        >
          Compare curves
        </Button>
      ) : null}
      <Button variant="subtle" color="red" c="var(--hg-danger)" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Delete “${name}”?`}>
        <Text size="sm">
          {runIds.length === 0
            ? 'This deletes the experiment, which has no runs any more.'
            : `This deletes the experiment and ${runs} with all metrics, reconstructions and checkpoints from disk${canStop ? ', and stops what still trains first' : ''}. It cannot be undone.`}
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={busy === 'delete'} onClick={perform('delete', onDelete)}>
            Delete experiment
          </Button>
        </Group>
      </Modal>
    </Group>
  )
}
