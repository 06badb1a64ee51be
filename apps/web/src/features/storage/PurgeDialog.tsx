import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface PurgeDialogProps {
  readonly opened: boolean
  /** What is deleted: `3 runs`. */
  readonly what: string
  /** Whether that is one thing. */
  readonly isOne: boolean
  readonly isPurging: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** What is lost with it. */
  readonly children: ReactNode
}

/** Asks before something leaves the trash for good. */
export function PurgeDialog({ opened, what, isOne, isPurging, onConfirm, onClose, children }: PurgeDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${what} for good?`}>
      <Text size="sm">{children} They cannot be restored.</Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {isOne ? 'Keep it' : 'Keep them'}
        </Button>
        <Button color="red.9" loading={isPurging} onClick={onConfirm}>
          Delete for good
        </Button>
      </Group>
    </Modal>
  )
}
