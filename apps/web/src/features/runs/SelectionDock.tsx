'use client'

import { useApolloClient } from '@apollo/client/react'
import { ActionIcon, Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconArchive, IconChevronDown, IconChevronUp, IconStar, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { lazy, Suspense } from 'react'
import type { RunFilter, RunOrder, RunsChangeInput } from '../../data/generated/graphql'
import { ExportMenu } from './ExportMenu'
import type { RowSelection, SelectedRuns } from './RowSelection'
import { countSelected } from './RowSelection'
import classes from './SelectionDock.module.css'
import { selectedFilter } from './selectionInput'
import { TagPopover } from './TagPopover'
import { useSelected } from './useRowSelection'
import { MOST_COMPARED, useSelectedRuns } from './useSelectedRuns'

const SelectedCurves = lazy(() => import('./SelectedCurves'))

/** In pixels, kept free for the chart while its code is fetched. */
const CHART_HEIGHT = 220

export interface SelectionDockProps {
  readonly selection: RowSelection
  readonly filter: RunFilter | null
  readonly orderBy: RunOrder[] | null
  /** Runs that match. */
  readonly totalCount: number
  /** Keys that are shown. */
  readonly columns: readonly string[]
  readonly scale: 'linear' | 'log'
  readonly onScale: (scale: 'linear' | 'log') => void
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onMark: (selected: SelectedRuns, change: RunsChangeInput) => void
  readonly onDelete: (selected: SelectedRuns) => void
}

/** Lies at the foot of the page while runs are ticked: their curves over each other, and what can be done with all of them. */
export function SelectionDock(props: SelectionDockProps) {
  const { selection, filter, orderBy, totalCount, columns, scale, onScale, isOpen, onOpen, onMark, onDelete } = props
  const client = useApolloClient()
  const selected = useSelected(selection)
  const count = countSelected(selected, totalCount)
  const { ids, runs } = useSelectedRuns({ selection, count, filter, orderBy })
  if (count === 0) return null
  const exported = () => (selected.isAll ? selectedFilter(client, selected, filter) : { ids: [...selected.ids] })
  return (
    <section className={classes.dock} aria-label="Selected runs" data-testid="selection">
      <div className={classes.bar}>
        <span className={classes.count}>
          {count.toLocaleString('en')} selected{selected.isAll && selected.ids.length === 0 ? ', all that match' : ''}
        </span>
        {ids ? (
          <Button component={Link} href={`/compare?runs=${ids.map(encodeURIComponent).join(',')}`}>
            Compare
          </Button>
        ) : (
          <Button disabled title={`At most ${MOST_COMPARED} runs are compared.`}>
            Compare
          </Button>
        )}
        <TagPopover onAdd={(tag) => onMark(selected, { addTags: [tag] })} onRemove={(tag) => onMark(selected, { removeTags: [tag] })} />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconStar size={14} />}
          onClick={() => onMark(selected, { starred: !runs.every(({ starred }) => starred) || runs.length === 0 })}
        >
          {runs.length > 0 && runs.every(({ starred }) => starred) ? 'Take stars away' : 'Star'}
        </Button>
        <Button variant="subtle" color="gray" leftSection={<IconArchive size={14} />} onClick={() => onMark(selected, { archived: true })}>
          Archive
        </Button>
        <ExportMenu variant="subtle" what={`${count.toLocaleString('en')} selected`} filter={exported} columns={columns} />
        <Button variant="subtle" color="gray" onClick={() => selection.clear()}>
          Clear
        </Button>
        <Button variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => onDelete(selected)}>
          Delete
        </Button>
        <span className={classes.space} />
        {isOpen && runs.length > 0 ? (
          <SegmentedControl
            size="xs"
            aria-label="Axis"
            value={scale}
            onChange={(value) => onScale(value === 'log' ? 'log' : 'linear')}
            data={[
              { value: 'linear', label: 'Linear' },
              { value: 'log', label: 'Log' },
            ]}
          />
        ) : null}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={isOpen ? 'Hide the curves' : 'Show the curves'}
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </ActionIcon>
      </div>
      {isOpen && ids === null ? <p className={classes.note}>Curves are drawn of up to {MOST_COMPARED} runs.</p> : null}
      {isOpen && ids ? (
        <Suspense fallback={<Skeleton h={CHART_HEIGHT} />}>
          <SelectedCurves runs={runs} scale={scale} height={CHART_HEIGHT} />
        </Suspense>
      ) : null}
    </section>
  )
}
