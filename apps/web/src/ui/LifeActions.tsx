'use client'
import { Button, Group, Modal, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { usePageActions } from './pageActions'

/** What can be done with whatever trains; each reports its own failures. */
export interface LifeActionsOf {
  readonly name: string
  readonly canStop: boolean
  readonly canResume: boolean
  readonly onStop: () => Promise<unknown>
  readonly onResume?: () => Promise<unknown>
  readonly onDelete: () => Promise<unknown>
}

interface LifeActionsProps extends LifeActionsOf {
  /** What it is, in one word. */
  readonly noun: string
  readonly stopLabel: string
  /** What stopping is called where nothing else says what it is of, for example `Stop this run`. */
  readonly stopWords: string
  /** What deleting takes away, in whole sentences. */
  readonly warning: string
  /** What else can be done with it. */
  readonly children?: ReactNode
}

/** Offers to stop, to resume and, once that is confirmed, to delete. */
export function LifeActions(props: LifeActionsProps) {
  const { name, noun, canStop, canResume, stopLabel, stopWords, warning, onStop, onResume, onDelete, children } = props
  const [busy, setBusy] = useState<'stop' | 'resume' | 'delete' | null>(null)
  const [asking, setAsking] = useState(false)
  const perform = (which: 'stop' | 'resume' | 'delete', action: () => Promise<unknown>) => async () => {
    setBusy(which)
    await action()
    setBusy(null)
    setAsking(false)
  }
  usePageActions([
    ...(canStop ? [{ id: `${noun}.stop`, label: stopWords, run: () => void perform('stop', onStop)() }] : []),
    ...(canResume && onResume
      ? [{ id: `${noun}.resume`, label: `Resume this ${noun}`, run: () => void perform('resume', onResume)() }]
      : []),
    { id: `${noun}.delete`, label: `Delete this ${noun}`, run: () => setAsking(true) },
  ])
  return (
    <Group gap={6}>
      {canStop && (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} loading={busy === 'stop'} onClick={perform('stop', onStop)}>
          {stopLabel}
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
      {children}
      <Button variant="subtle" color="red" c="var(--hg-danger)" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Delete “${name}”?`}>
        <Text size="sm">{warning}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={busy === 'delete'} onClick={perform('delete', onDelete)}>
            Delete {noun}
          </Button>
        </Group>
      </Modal>
    </Group>
  )
}
