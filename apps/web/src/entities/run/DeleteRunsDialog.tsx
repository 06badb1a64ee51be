'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { type RunStatus, runStatuses } from './runStatus'

export interface DoomedRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly status: RunStatus
}

export interface DeleteRunsDialogProps {
  /** Runs to delete; none closes the dialog. */
  readonly runs: readonly DoomedRun[]
  readonly deleting: boolean
  /** Whether their space is given back at once, and they cannot be restored. @default false */
  readonly isForGood?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

const MOST_NAMED = 8

/** Asks before runs are deleted with everything they stored. */
export function DeleteRunsDialog({ runs, deleting, isForGood = false, onConfirm, onClose }: DeleteRunsDialogProps) {
  const [first] = runs
  const active = runs.filter(({ status }) => runStatuses[status].active).length
  const title = runs.length === 1 && first ? `Delete “${first.name}”?` : `Delete ${runs.length} runs?`
  return (
    <Modal opened={runs.length > 0} onClose={onClose} title={title}>
      {runs.length > 1 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {runs
            .slice(0, MOST_NAMED)
            .map(({ number, name }) => `#${number} ${name}`)
            .join(', ')}
          {runs.length > MOST_NAMED ? ` and ${runs.length - MOST_NAMED} more` : ''}
        </Text>
      ) : null}
      <Text size="sm">
        {isForGood
          ? 'Metrics, reconstructions and checkpoints are deleted from disk at once, and cannot be restored'
          : `Metrics, reconstructions and checkpoints go to the trash with ${runs.length === 1 ? 'it' : 'them'}`}
        {active > 0 ? '; what still trains is stopped first' : ''}.{isForGood ? '' : ' After some days they are deleted from disk.'}
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {runs.length === 1 ? 'Keep it' : 'Keep them'}
        </Button>
        <Button color="red" loading={deleting} onClick={onConfirm}>
          {runs.length === 1 ? 'Delete run' : `Delete ${runs.length} runs`}
        </Button>
      </Group>
    </Modal>
  )
}
