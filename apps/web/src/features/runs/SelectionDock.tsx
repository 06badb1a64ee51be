'use client'

import { ActionIcon, Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { lazy, Suspense } from 'react'
import type { RunFilter, RunOrder, RunsChangeInput } from '../../data/generated/graphql'
import { SaveAsExperiment } from '../../entities/experiment/SaveAsExperiment'
import { latentSpacesOf } from '../../entities/run/latentSpacesOf'
import { usePageActions } from '../../ui/pageActions'
import { countSelected, type RowSelection, type SelectedRuns } from './RowSelection'
import { SelectionActions } from './SelectionActions'
import classes from './SelectionDock.module.css'
import { useSelected } from './useRowSelection'
import { MOST_COMPARED, useSelectedRuns } from './useSelectedRuns'

const SelectedCurves = lazy(() => import('./SelectedCurves'))

/** Runs whose latent spaces go side by side. */
const MOST_LATENT = 6

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
  const selected = useSelected(selection)
  const count = countSelected(selected, totalCount)
  const { ids, runs } = useSelectedRuns({ selection, count, filter, orderBy })
  const router = useRouter()
  const isFew = count <= MOST_COMPARED
  const comparison = ids && isFew ? `/compare?runs=${ids.map(encodeURIComponent).join(',')}` : null
  usePageActions(
    comparison === null || count === 0
      ? []
      : [
          { id: 'selection.compare', label: 'Compare the selected runs', run: () => router.push(comparison) },
          {
            id: 'selection.curves',
            label: isOpen ? 'Hide the curves of the selected runs' : 'Show the curves of the selected runs',
            run: () => onOpen(!isOpen),
          },
        ],
  )
  if (count === 0) return null
  return (
    <section className={classes.dock} aria-label="Selected runs" data-testid="selection">
      <div className={classes.bar}>
        <span className={classes.count}>
          {count.toLocaleString('en')} selected{selected.isAll && selected.ids.length === 0 ? ', all that match' : ''}
        </span>
        {comparison ? (
          <Button component={Link} href={comparison} prefetch={false}>
            Compare
          </Button>
        ) : (
          <Button disabled title={isFew ? undefined : `At most ${MOST_COMPARED} runs are compared.`}>
            Compare
          </Button>
        )}
        {ids && ids.length > 0 && ids.length <= MOST_LATENT ? (
          <Button component={Link} href={latentSpacesOf(ids)} prefetch={false} variant="subtle">
            Latent spaces
          </Button>
        ) : null}
        {ids && ids.length > 0 ? <SaveAsExperiment ids={ids} variant="subtle" words="Save the selected runs as an experiment" /> : null}
        <SelectionActions
          selection={selection}
          filter={filter}
          columns={columns}
          isStarred={isFew ? runs.length > 0 && runs.every(({ starred }) => starred) : null}
          onMark={onMark}
          onDelete={onDelete}
        />
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
      {isOpen && !isFew ? <p className={classes.note}>Curves are drawn of up to {MOST_COMPARED} runs.</p> : null}
      {isOpen && isFew && ids ? (
        <Suspense fallback={<Skeleton h={CHART_HEIGHT} />}>
          <SelectedCurves runs={runs} scale={scale} height={CHART_HEIGHT} />
        </Suspense>
      ) : null}
    </section>
  )
}
