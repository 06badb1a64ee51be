'use client'

import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { usePageActions } from '../../ui/pageActions'
import { saveFile } from '../../ui/saveFile'
import { type ExportedRuns, exportAddress, type TableFormat } from './exportAddress'
import { fetchTable } from './fetchTable'

interface ExportMenuProps {
  /** Says what is exported once it is asked for, since it may be long to say. */
  readonly runs: () => ExportedRuns
  /** Keys that are shown. */
  readonly columns: readonly string[]
  /** What is exported, in words. */
  readonly what: string
  /** The same where nothing else says where they are, for example `the runs that match`. */
  readonly words: string
  readonly variant?: 'default' | 'subtle'
  readonly className?: string | undefined
}

const formats = [
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const satisfies readonly (readonly [TableFormat, string])[]

/** Offers all runs that are meant as a table to take away, with the columns that are shown or with all. */
export function ExportMenu({ runs, columns, what, words, variant = 'default', className = '' }: ExportMenuProps) {
  const [isTaking, setTaking] = useState(false)
  const take = async (format: TableFormat, names: readonly string[] | null) => {
    setTaking(true)
    const { data, error } = await fetchTable(exportAddress(format, runs(), names))
    setTaking(false)
    if (data) saveFile(`hourglass-runs.${format}`, data, data.type)
    else notifications.show({ title: 'The runs were not exported', message: error.message, color: 'red' })
  }
  usePageActions(
    formats.flatMap(([format, title]) => [
      { id: `${words}.${format}`, label: `Export ${words} as ${title}, columns that are shown`, run: () => void take(format, columns) },
      { id: `${words}.${format}.all`, label: `Export ${words} as ${title}, all columns`, run: () => void take(format, null) },
    ]),
  )
  return (
    <Menu position="bottom-end" shadow="sm" width={230} withinPortal>
      <Menu.Target>
        <Button
          variant={variant}
          {...(variant === 'subtle' ? { color: 'gray' } : {})}
          loading={isTaking}
          leftSection={<IconDownload size={14} />}
          className={className}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{what}</Menu.Label>
        {formats.map(([format, title]) => (
          <Menu.Item key={format} onClick={() => void take(format, columns)}>
            {title}, columns that are shown
          </Menu.Item>
        ))}
        <Menu.Divider />
        {formats.map(([format, title]) => (
          <Menu.Item key={format} onClick={() => void take(format, null)}>
            {title}, all columns
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
