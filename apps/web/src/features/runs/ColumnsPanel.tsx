'use client'

import { ActionIcon, Button } from '@mantine/core'
import { IconPin, IconPinFilled, IconX } from '@tabler/icons-react'
import type { RunFilter } from '../../data/generated/graphql'
import { MOST_COLUMNS } from '../../data/shownColumns'
import { SortableList } from '../../ui/SortableList'
import classes from './ColumnsPanel.module.css'
import { fittingColumns, isFull } from './fittingColumns'
import { KeyList } from './KeyList'
import { keyColumn } from './keyColumn'
import { drawnColumns, ownColumns } from './runColumns'
import { useRunKeys } from './useRunKeys'
import { FIRST_COLUMNS, type RunsView, type ViewChange } from './useRunsView'

export interface ColumnsPanelProps {
  readonly view: RunsView
  readonly onChange: (change: ViewChange) => void
  readonly filter: RunFilter | null
}

/** Chooses which columns the table has, in which order, and which of them stay at the left edge. */
export default function ColumnsPanel({ view: { columns, pin }, onChange, filter }: ColumnsPanelProps) {
  const keys = useRunKeys(true)
  const byName = new Map(keys?.map((key) => [key.name, key]))
  const toggle = (name: string) =>
    onChange({ columns: columns.includes(name) ? columns.filter((other) => other !== name) : [...columns, name] })
  const togglePin = (name: string) => onChange({ pin: pin.includes(name) ? pin.filter((other) => other !== name) : [...pin, name] })
  const fitting = fittingColumns(columns)
  const isAtMost = isFull(columns)
  const items = columns.map((id) => {
    const { title, unit } = keyColumn(id, byName.get(id))
    const full = unit === 'loss' ? `${title} loss` : title
    const isLeftOut = !fitting.includes(id)
    const isPinned = pin.includes(id)
    const Pin = isPinned ? IconPinFilled : IconPin
    const end = (
      <>
        <ActionIcon
          size="sm"
          variant="subtle"
          color={isPinned ? 'accent' : 'gray'}
          aria-pressed={isPinned}
          aria-label={`Keep ${full} at the left edge`}
          title="Keep at the left edge"
          onClick={() => togglePin(id)}
        >
          <Pin size={14} />
        </ActionIcon>
        {id === 'name' ? (
          <span className={classes.blank} />
        ) : (
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Take ${full} away`} onClick={() => toggle(id)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </>
    )
    return { id, title: isLeftOut ? `${full}, not shown` : full, end }
  })
  return (
    <div className={classes.root}>
      <section className={classes.part} aria-label="Columns that are shown">
        <h2 className={classes.heading}>Shown</h2>
        <div className={classes.shown}>
          <SortableList label="Columns" items={items} onOrder={(ordered) => onChange({ columns: ordered })} />
        </div>
        <div className={classes.foot}>
          {drawnColumns
            .filter((id) => !columns.includes(id))
            .map((id) => (
              <Button key={id} size="compact-xs" variant="default" onClick={() => toggle(id)}>
                Add {ownColumns[id]?.title.toLowerCase()}
              </Button>
            ))}
          {columns.join() === FIRST_COLUMNS.join() ? null : (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange({ columns: null, pin: null, widths: null })}>
              As at first
            </Button>
          )}
        </div>
      </section>
      <section className={classes.part} aria-label="Columns that can be shown">
        <h2 className={classes.heading}>Settings, measurements and facts</h2>
        {isAtMost ? (
          <p className={classes.text} role="status">
            At most {MOST_COLUMNS} of these are shown. Take one away to add another.
          </p>
        ) : null}
        <KeyList
          label="Search columns"
          filter={filter}
          chosen={columns}
          onToggle={toggle}
          isLeftOut={({ name }) => name === 'name'}
          isFull={isAtMost}
        />
      </section>
    </div>
  )
}
