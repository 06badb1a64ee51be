'use client'

import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconCopyPlus,
  IconDots,
  IconPencil,
  IconPlayerPlay,
  IconPlayerStop,
  IconStar,
  IconStarOff,
  IconTrash,
} from '@tabler/icons-react'
import Link from 'next/link'
import { runAbilities } from '../../entities/run/runAbilities'
import type { RunRow } from '../../entities/run/useRunRow'

export interface RunRowActions {
  readonly onStop: (run: RunRow) => void
  readonly onResume: (run: RunRow) => void
  readonly onRename: (run: RunRow) => void
  readonly onStar: (run: RunRow) => void
  readonly onArchive: (run: RunRow) => void
  readonly onDelete: (run: RunRow) => void
}

export interface RunMenuProps extends RunRowActions {
  readonly run: RunRow
}

/** Offers what can be done with one run of the table. */
export function RunMenu({ run, onStop, onResume, onRename, onStar, onArchive, onDelete }: RunMenuProps) {
  const { canStop, canResume } = runAbilities(run)
  return (
    <Menu position="bottom-end" shadow="sm" width={220} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions for ${run.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canStop ? (
          <Menu.Item leftSection={<IconPlayerStop size={15} />} onClick={() => onStop(run)}>
            Stop
          </Menu.Item>
        ) : null}
        {canResume ? (
          <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={() => onResume(run)}>
            Resume
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onRename(run)}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconCopyPlus size={15} />} component={Link} href={`/new?from=${encodeURIComponent(run.id)}`}>
          Launch again with changes
        </Menu.Item>
        <Menu.Item leftSection={run.starred ? <IconStarOff size={15} /> : <IconStar size={15} />} onClick={() => onStar(run)}>
          {run.starred ? 'Take the star away' : 'Star'}
        </Menu.Item>
        <Menu.Item leftSection={<IconArchive size={15} />} onClick={() => onArchive(run)}>
          {run.archivedAt ? 'Take out of the archive' : 'Archive'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => onDelete(run)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
