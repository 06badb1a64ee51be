'use client'

import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { RunFilter } from '../../data/generated/graphql'
import { SortableList } from '../../ui/SortableList'
import classes from './ColumnsPanel.module.css'
import { KeyList } from './KeyList'
import { useRunKeys } from './useRunKeys'
import { groupFigures, type RunsView, type ViewChange } from './useRunsView'

/** Most keys that the API groups by. */
const MOST_KEYS = 4

const figureTitles = { MEAN: 'Mean', STANDARD_DEVIATION: 'Spread', BEST: 'Best' } as const satisfies Record<RunsView['figure'], string>

export interface GroupPanelProps {
  readonly view: RunsView
  readonly onChange: (change: ViewChange) => void
  readonly filter: RunFilter | null
}

/** Chooses what runs are grouped by, in which order, and what of a metric sorts the groups. */
export default function GroupPanel({ view: { group, figure }, onChange, filter }: GroupPanelProps) {
  const keys = useRunKeys(true)
  const toggle = (name: string) => {
    const isChosen = group.includes(name)
    if (!isChosen && group.length >= MOST_KEYS) return
    onChange({ group: isChosen ? group.filter((other) => other !== name) : [...group, name], open: [] })
  }
  const items = group.map((id) => {
    const title = keys?.find(({ name }) => name === id)?.title ?? id
    const end = (
      <ActionIcon key={id} size="sm" variant="subtle" color="gray" aria-label={`Group by ${title} no more`} onClick={() => toggle(id)}>
        <IconX size={14} />
      </ActionIcon>
    )
    return { id, title, end }
  })
  return (
    <div className={classes.root}>
      <section className={classes.part} aria-label="Grouped by">
        <h2 className={classes.heading}>Grouped by</h2>
        {group.length === 0 ? (
          <p className={classes.text}>Choose up to {MOST_KEYS} keys: runs that have the same values stand together.</p>
        ) : null}
        <SortableList label="Keys of groups" items={items} onOrder={(ordered) => onChange({ group: ordered, open: [] })} />
        {group.length > 0 ? (
          <>
            <h2 className={classes.heading}>Columns of metrics sort by</h2>
            <SegmentedControl
              size="xs"
              aria-label="What of a metric sorts groups"
              value={figure}
              onChange={(value) => onChange({ figure: groupFigures.find((each) => each === value) ?? 'MEAN' })}
              data={groupFigures.map((value) => ({ value, label: figureTitles[value] }))}
            />
            <div className={classes.foot}>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange({ group: [], open: [] })}>
                No groups
              </Button>
            </div>
          </>
        ) : null}
      </section>
      <section className={classes.part} aria-label="Keys to group by">
        <h2 className={classes.heading}>Settings, measurements and facts</h2>
        <KeyList label="Search keys" filter={filter} chosen={group} onToggle={toggle} />
      </section>
    </div>
  )
}
