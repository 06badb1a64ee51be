'use client'

import { Button, Checkbox, Popover, Select, Stack } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import Link from 'next/link'
import { runStatuses } from '../../entities/run/runStatus'
import { ImportButton } from './ImportButton'
import { QueryInput } from './QueryInput'
import classes from './RunsToolbar.module.css'
import type { RunsView } from './useRunsView'
import { statusNames } from './useRunsView'

export interface RunsToolbarProps {
  readonly view: RunsView
  readonly onChange: (change: Partial<RunsView>) => void
  readonly datasets: readonly { readonly id: string; readonly title: string }[]
  /** Runs that match, or undefined while that is not known. */
  readonly totalCount: number | undefined
  readonly isFiltered: boolean
  /** Whether to offer the order here, where there are no column headings. */
  readonly showOrder: boolean
}

const orders = [
  { value: 'CREATED_AT DESC', label: 'Newest first' },
  { value: 'CREATED_AT ASC', label: 'Oldest first' },
  { value: 'VALIDATION_LOSS ASC', label: 'Lowest loss' },
  { value: 'NAME ASC', label: 'Name' },
  { value: 'STATUS ASC', label: 'Status' },
]

/** Filters the table of runs, and starts a new one. */
export function RunsToolbar({ view, onChange, datasets, totalCount, isFiltered, showOrder }: RunsToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <h1 className={classes.title}>
        Runs <span className={classes.count}>{totalCount === undefined ? '' : totalCount.toLocaleString('en')}</span>
      </h1>
      <div className={classes.search}>
        <QueryInput value={view.q} onChange={(q) => onChange({ q })} />
      </div>
      <Filter
        label="Status"
        options={statusNames.map((value) => ({ value, label: runStatuses[value].label }))}
        chosen={view.status}
        onChange={(chosen) => onChange({ status: statusNames.filter((name) => chosen.includes(name)) })}
      />
      <Filter
        label="Dataset"
        options={datasets.map(({ id, title }) => ({ value: id, label: title }))}
        chosen={view.dataset}
        onChange={(dataset) => onChange({ dataset })}
      />
      {showOrder ? (
        <Select
          size="xs"
          w={124}
          aria-label="Order"
          allowDeselect={false}
          data={orders}
          value={`${view.sort} ${view.direction}`}
          onChange={(value) => {
            const [sort, direction] = (value ?? '').split(' ')
            onChange({ sort: sort as RunsView['sort'], direction: direction as RunsView['direction'] })
          }}
        />
      ) : null}
      {isFiltered ? (
        <Button variant="subtle" color="gray" onClick={() => onChange({ q: '', status: [], dataset: [] })}>
          Clear filters
        </Button>
      ) : null}
      <ImportButton />
      <Button component={Link} href="/new" leftSection={<IconPlus size={14} />} className={classes.new ?? ''}>
        New run
      </Button>
    </div>
  )
}

interface FilterProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}

function Filter({ label, options, chosen, onChange }: FilterProps) {
  const only = options.find(({ value }) => value === chosen[0])
  const text = chosen.length === 0 ? label : chosen.length === 1 ? (only?.label ?? chosen[0]) : `${label}: ${chosen.length}`
  return (
    <Popover position="bottom-start" shadow="sm">
      <Popover.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={13} />}
          data-active={chosen.length > 0 || undefined}
          className={classes.filter ?? ''}
          aria-label={`Filter by ${label.toLowerCase()}`}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Checkbox.Group value={[...chosen]} onChange={onChange} aria-label={label}>
          <Stack gap={8}>
            {options.map(({ value, label: optionLabel }) => (
              <Checkbox key={value} size="xs" value={value} label={optionLabel} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
