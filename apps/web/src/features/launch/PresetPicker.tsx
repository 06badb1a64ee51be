'use client'

import { Select } from '@mantine/core'
import classes from './PresetPicker.module.css'
import type { OfferedPreset } from './usePresetMenu'

export interface PresetPickerProps {
  readonly presets: readonly OfferedPreset[]
  readonly chosen: string | null
  /** What the chosen one does. */
  readonly description?: string | undefined
  /** Asks to start from one of them, or with null from the defaults. */
  readonly onChoose: (id: string | null) => void
}

const DEFAULTS = { value: 'defaults', label: 'Defaults' }

/** Offers ready-made configurations to start from, grouped by the chapter's parts and found by typing. */
export function PresetPicker({ presets, chosen, description, onChoose }: PresetPickerProps) {
  const groups = [...new Set(presets.map(({ section }) => section))].map((group) => ({
    group,
    items: presets.filter(({ section }) => section === group).map(({ id, title }) => ({ value: id, label: title })),
  }))
  return (
    <div className={classes.picker}>
      <Select
        size="xs"
        aria-label="Start from"
        leftSection={<span className={classes.label}>Start from</span>}
        leftSectionWidth={78}
        data={[DEFAULTS, ...groups]}
        value={chosen ?? DEFAULTS.value}
        onChange={(id) => onChoose(id === DEFAULTS.value ? null : id)}
        searchable
        allowDeselect={false}
        nothingFoundMessage="No experiment has such a name."
        maxDropdownHeight={420}
        className={classes.select ?? ''}
      />
      {description ? <span className={classes.description}>{description}</span> : null}
    </div>
  )
}
