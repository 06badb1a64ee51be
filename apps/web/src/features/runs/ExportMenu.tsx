'use client'

import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { RunFilter } from '../../data/generated/graphql'
import { exportAddress, type TableFormat } from './exportAddress'

interface ExportMenuProps {
  /** Where it is asked for, since it may be long to say. */
  readonly filter: () => RunFilter | null
  /** Keys that are shown. */
  readonly columns: readonly string[]
  /** What is exported, in words. */
  readonly what: string
  readonly variant?: 'default' | 'subtle'
  readonly className?: string | undefined
}

const formats = [
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const satisfies readonly (readonly [TableFormat, string])[]

/** Offers all runs that are meant as a table to take away, with the columns that are shown or with all. */
export function ExportMenu({ filter, columns, what, variant = 'default', className = '' }: ExportMenuProps) {
  const take = (format: TableFormat, names: readonly string[] | null) => window.location.assign(exportAddress(format, filter(), names))
  return (
    <Menu position="bottom-end" shadow="sm" width={230} withinPortal>
      <Menu.Target>
        <Button
          variant={variant}
          {...(variant === 'subtle' ? { color: 'gray' } : {})}
          leftSection={<IconDownload size={14} />}
          className={className}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{what}</Menu.Label>
        {formats.map(([format, title]) => (
          <Menu.Item key={format} onClick={() => take(format, columns)}>
            {title}, columns that are shown
          </Menu.Item>
        ))}
        <Menu.Divider />
        {formats.map(([format, title]) => (
          <Menu.Item key={format} onClick={() => take(format, null)}>
            {title}, all columns
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
