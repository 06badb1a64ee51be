import { Button, Group } from '@mantine/core'
import { TheirText } from '../../ui/TheirText'

interface VanishedTextProps {
  /** What was typed. */
  readonly text: string
  readonly onPutBack: () => void
  readonly onDiscard: () => void
}

/** Says that the text was taken out in which somebody writes here, and offers to put it back. */
export function VanishedText({ text, onPutBack, onDiscard }: VanishedTextProps) {
  return (
    <TheirText said="Somebody took out the text that you write in. You have typed:" text={text}>
      <Group gap="xs">
        <Button size="compact-xs" variant="default" onClick={onPutBack}>
          Put it back and go on
        </Button>
        <Button size="compact-xs" variant="default" onClick={onDiscard}>
          Discard mine
        </Button>
      </Group>
    </TheirText>
  )
}
