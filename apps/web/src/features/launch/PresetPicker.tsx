'use client'

import { Select } from '@mantine/core'
import { useRouter } from 'next/navigation'
import classes from './PresetPicker.module.css'

export interface PresetPickerProps {
  readonly presets: readonly OfferedPreset[]
  readonly chosen: string | null
}

export interface OfferedPreset {
  readonly id: string
  readonly title: string
  readonly section: string
  readonly description: string
  /** Where its configuration is open for changes. */
  readonly href: string
}

const DEFAULTS = { value: 'defaults', label: 'Defaults' }

/** Offers ready-made configurations to start from, grouped by the chapter's parts and found by typing; each leads to its own address. */
export function PresetPicker({ presets, chosen }: PresetPickerProps) {
  const router = useRouter()
  const groups = [...new Set(presets.map(({ section }) => section))].map((group) => ({
    group,
    items: presets.filter(({ section }) => section === group).map(({ id, title }) => ({ value: id, label: title })),
  }))
  const described = presets.find(({ id }) => id === chosen)
  return (
    <div className={classes.picker}>
      <Select
        size="xs"
        aria-label="Start from"
        leftSection={<span className={classes.label}>Start from</span>}
        leftSectionWidth={78}
        data={[DEFAULTS, ...groups]}
        value={chosen ?? DEFAULTS.value}
        onChange={(id) => router.push(presets.find((preset) => preset.id === id)?.href ?? '/new')}
        searchable
        allowDeselect={false}
        nothingFoundMessage="No experiment has such a name."
        maxDropdownHeight={420}
        className={classes.select ?? ''}
      />
      {described ? <span className={classes.description}>{described.description}</span> : null}
    </div>
  )
}
