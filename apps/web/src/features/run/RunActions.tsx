'use client'
import { Button, Group, Modal, Text } from '@mantine/core'
import { IconCopyPlus, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import classes from './RunActions.module.css'

interface RunActionsProps {
  readonly id: string
  readonly name: string
  readonly canStop: boolean
  readonly canResume: boolean
  /** Whether its configuration can begin another run. */
  readonly canLaunchAgain?: boolean
  /** What deleting takes away, for example `20 checkpoints, 14.2 MB`. */
  readonly contents: string
  readonly onStop: () => Promise<unknown>
  readonly onResume?: () => Promise<unknown>
  readonly onDelete: () => Promise<unknown>
}

/** Offers what can be done with a run in its state. Actions report their own failures. */
export function RunActions({ id, name, canStop, canResume, canLaunchAgain = true, contents, onStop, onResume, onDelete }: RunActionsProps) {
  const [busy, setBusy] = useState<'stop' | 'resume' | 'delete' | null>(null)
  const [asking, setAsking] = useState(false)

  const perform = (name: 'stop' | 'resume' | 'delete', action: () => Promise<unknown>) => async () => {
    setBusy(name)
    await action()
    setBusy(null)
    setAsking(false)
  }

  return (
    <div className={classes.root}>
      {canStop && (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} loading={busy === 'stop'} onClick={perform('stop', onStop)}>
          Stop
        </Button>
      )}
      {canResume && onResume && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          loading={busy === 'resume'}
          onClick={perform('resume', onResume)}
        >
          Resume
        </Button>
      )}
      {canLaunchAgain && (
        <Button
          component={Link}
          href={`/new?from=${encodeURIComponent(id)}`}
          variant="default"
          leftSection={<IconCopyPlus size={14} />}
          aria-label="Launch again with changes"
        >
          Launch again<span className={classes.wide}>&nbsp;with changes</span>
        </Button>
      )}
      <Button variant="subtle" color="red" c="var(--hg-danger)" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Delete “${name}”?`}>
        <Text size="sm">
          This deletes the run with its metrics, reconstructions and {contents} from disk{canStop ? ', and stops it first' : ''}. It cannot
          be undone.
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={busy === 'delete'} onClick={perform('delete', onDelete)}>
            Delete run
          </Button>
        </Group>
      </Modal>
    </div>
  )
}
