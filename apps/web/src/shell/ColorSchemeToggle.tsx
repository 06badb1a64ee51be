'use client'

import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'

/** Switches between light and dark. Follows the system until it is used. */
export function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme()
  const current = useComputedColorScheme('light')
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="md"
      aria-label="Switch between light and dark"
      onClick={() => setColorScheme(current === 'dark' ? 'light' : 'dark')}
    >
      {/* Both are drawn and the style sheet hides one: the server cannot know which. */}
      <IconMoon size={16} stroke={1.6} className="mantine-dark-hidden" />
      <IconSun size={16} stroke={1.6} className="mantine-light-hidden" />
    </ActionIcon>
  )
}
