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
  /** How many there are, where not all of them are known by name. @default those of `runs` */
  readonly count?: number | undefined
  readonly deleting: boolean
  /** Whether their space is given back at once, and they cannot be restored. @default false */
  readonly isForGood?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

const MOST_NAMED = 8

/** Asks before runs are deleted with everything they stored. */
export function DeleteRunsDialog({ runs, count = runs.length, deleting, isForGood = false, onConfirm, onClose }: DeleteRunsDialogProps) {
  const [first] = runs
  const isWhole = count === runs.length
  const active = runs.filter(({ status }) => runStatuses[status].active).length
  const title = count === 1 ? `Delete ${first ? `“${first.name}”` : '1 run'}?` : `Delete ${count.toLocaleString('en')} runs?`
  const named = runs.slice(0, MOST_NAMED)
  return (
    <Modal opened={count > 0} onClose={onClose} title={title}>
      {count > 1 && named.length > 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {named.map(({ number, name }) => `#${number} ${name}`).join(', ')}
          {count > named.length ? ` and ${(count - named.length).toLocaleString('en')} more` : ''}
        </Text>
      ) : null}
      <Text size="sm">
        {isForGood
          ? 'Metrics, reconstructions and checkpoints are deleted from disk at once, and cannot be restored'
          : `Metrics, reconstructions and checkpoints go to the trash with ${count === 1 ? 'it' : 'them'}`}
        {active > 0 || !isWhole ? '; what still trains is stopped first' : ''}.
        {isForGood ? '' : ' After some days they are deleted from disk.'}
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {count === 1 ? 'Keep it' : 'Keep them'}
        </Button>
        <Button color="red" loading={deleting} onClick={onConfirm}>
          {count === 1 ? 'Delete run' : `Delete ${count.toLocaleString('en')} runs`}
        </Button>
      </Group>
    </Modal>
  )
}
