import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** Time to think better of it, in milliseconds. */
const PATIENCE = 10_000

interface Undo {
  readonly title: string
  readonly message: string
  readonly onUndo: () => void
}

/** Says what was done, and offers for a while to take it back. */
export function showUndo({ title, message, onUndo }: Undo): void {
  const id = notifications.show({
    title,
    autoClose: PATIENCE,
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  })
}
