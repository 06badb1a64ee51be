'use client'

import { Button, Checkbox, Popover, Select, Stack } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconColumns3, IconPlus, IconStack2 } from '@tabler/icons-react'
import Link from 'next/link'
import { lazy, memo } from 'react'
import type { RunFilter } from '../../data/generated/graphql'
import { runStatuses } from '../../entities/run/runStatus'
import { usePageActions } from '../../ui/pageActions'
import { ExportMenu } from './ExportMenu'
import { ImportButton } from './ImportButton'
import { PanelButton } from './PanelButton'
import { QueryInput } from './QueryInput'
import classes from './RunsToolbar.module.css'
import { FIRST_COLUMNS, type RunsView, statusNames, type ViewChange } from './useRunsView'

const ColumnsPanel = lazy(() => import('./ColumnsPanel'))
const ViewsPanel = lazy(() => import('./ViewsPanel'))
const GroupPanel = lazy(() => import('./GroupPanel'))

export interface RunsToolbarProps {
  readonly view: RunsView
  readonly onChange: (change: ViewChange) => void
  readonly filter: RunFilter | null
  readonly datasets: readonly { readonly id: string; readonly title: string }[]
  /** Runs that match, or undefined while that is not known. */
  readonly totalCount: number | undefined
  /** Whether runs are listed one under another, without columns. */
  readonly isNarrow: boolean
  /** Keys that are shown. */
  readonly columns: readonly string[]
}

const orders = [
  { value: '', label: 'Newest first' },
  { value: 'created', label: 'Oldest first' },
  { value: 'metric.validationLoss', label: 'Lowest loss' },
  { value: 'name', label: 'Name' },
  { value: 'status', label: 'Status' },
]

/** Filters the table of runs, chooses what it shows, and starts a new one. */
export const RunsToolbar = memo(function RunsToolbar(props: RunsToolbarProps) {
  const { view, onChange, filter, datasets, totalCount, isNarrow, columns } = props
  const clear = () => onChange({ q: '', status: [], dataset: [] })
  usePageActions(filter ? [{ id: 'runs.clear', label: 'Clear the filters', run: clear }] : [])
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
        label="Data set"
        options={datasets.map(({ id, title }) => ({ value: id, label: title }))}
        chosen={view.dataset}
        onChange={(dataset) => onChange({ dataset })}
      />
      {isNarrow ? (
        <Select
          size="xs"
          w={124}
          aria-label="Order"
          allowDeselect={false}
          data={orders}
          value={view.sort.join()}
          onChange={(value) => onChange({ sort: value ? [value] : [], direction: null })}
        />
      ) : null}
      {filter ? (
        <Button variant="subtle" color="gray" onClick={clear}>
          Clear filters
        </Button>
      ) : null}
      <span className={classes.space} />
      {isNarrow ? null : (
        <>
          <PanelButton
            label="Group"
            words="Group runs"
            text={view.group.length > 0 ? `Group: ${view.group.length}` : 'Group'}
            icon={<IconStack2 size={14} />}
            isActive={view.group.length > 0}
            className={classes.filter}
          >
            {() => <GroupPanel view={view} onChange={onChange} filter={filter} />}
          </PanelButton>
          <PanelButton
            label="Columns"
            words="Choose the columns of the table"
            icon={<IconColumns3 size={14} />}
            isActive={view.columns.join() !== FIRST_COLUMNS.join()}
            className={classes.filter}
          >
            {() => <ColumnsPanel view={view} onChange={onChange} filter={filter} />}
          </PanelButton>
        </>
      )}
      <PanelButton label="Views" words="Open or save a view of the table" icon={<IconBookmark size={14} />} className={classes.filter}>
        {(close) => <ViewsPanel onClose={close} />}
      </PanelButton>
      <ExportMenu
        what={`${(totalCount ?? 0).toLocaleString('en')} ${filter ? 'that match' : 'runs'}`}
        words={filter ? 'all runs that match' : 'all runs'}
        runs={() => ({ filter })}
        columns={columns}
        className={classes.filter}
      />
      <ImportButton />
      <Button component={Link} href="/new" leftSection={<IconPlus size={14} />} className={classes.new ?? ''}>
        New run
      </Button>
    </div>
  )
})

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
