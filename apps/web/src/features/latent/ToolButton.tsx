'use client'
import { ActionIcon } from '@mantine/core'

interface ToolButtonProps {
  readonly label: string
  readonly onClick: () => void
  readonly icon: React.ReactNode
  /** Whether it is on, of one that stays on. */
  readonly isPressed?: boolean
}

/** A button that is a picture, with its name in words. */
export function ToolButton({ label, onClick, icon, isPressed }: ToolButtonProps) {
  return (
    <ActionIcon
      variant={isPressed ? 'filled' : 'default'}
      size={24}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  )
}
