import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil, IconTextPlus, IconTrash } from '@tabler/icons-react'
import classes from './BlockTools.module.css'

export type Direction = 'up' | 'down'

interface BlockToolsProps {
  /** What the block is called. */
  readonly name: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onMove: (direction: Direction) => void
  readonly onEdit: () => void
  readonly onAddText: () => void
  readonly onRemove: () => void
}

/** Offers what can be done with a block of a report. */
export function BlockTools({ name, isFirst, isLast, onMove, onEdit, onAddText, onRemove }: BlockToolsProps) {
  const tools = [
    { label: `Edit ${name}`, Icon: IconPencil, onClick: onEdit },
    { label: `Move ${name} up`, Icon: IconArrowUp, onClick: () => onMove('up'), isOff: isFirst, move: 'up' },
    { label: `Move ${name} down`, Icon: IconArrowDown, onClick: () => onMove('down'), isOff: isLast, move: 'down' },
    { label: `Add text below ${name}`, Icon: IconTextPlus, onClick: onAddText },
    { label: `Take ${name} out`, Icon: IconTrash, onClick: onRemove },
  ]
  return (
    <div className={classes.root}>
      {tools.map(({ label, Icon, onClick, isOff = false, move }) => (
        <ActionIcon
          key={label}
          variant="subtle"
          color="gray"
          size="md"
          aria-label={label}
          title={label}
          disabled={isOff}
          data-move={move}
          onClick={onClick}
        >
          <Icon size={15} />
        </ActionIcon>
      ))}
    </div>
  )
}
