'use client'

import { Button, Popover, Skeleton } from '@mantine/core'
import { type ReactNode, Suspense, useState } from 'react'
import { usePageActions } from '../../ui/pageActions'

interface PanelButtonProps {
  readonly label: string
  /** What opening it is called where nothing else says what it is of. */
  readonly words: string
  /** What it says; the label where it says nothing else. */
  readonly text?: string
  readonly icon: ReactNode
  readonly isActive?: boolean
  readonly className?: string | undefined
  /** Makes the panel while it is open. */
  readonly children: (close: () => void) => ReactNode
}

/** Opens a panel, whose code is fetched with the first opening. */
export function PanelButton({ label, words, text = label, icon, isActive = false, className = '', children }: PanelButtonProps) {
  const [isOpen, setOpen] = useState(false)
  usePageActions([{ id: `panel.${label}`, label: words, run: () => setOpen(true) }])
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal keepMounted={false}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={icon}
          aria-label={label}
          className={className}
          data-active={isActive || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        {isOpen ? <Suspense fallback={<Skeleton w={280} h={380} />}>{children(() => setOpen(false))}</Suspense> : null}
      </Popover.Dropdown>
    </Popover>
  )
}
