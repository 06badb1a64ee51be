'use client'

import { Checkbox } from '@mantine/core'
import Link from 'next/link'
import { RunStatusLabel } from '../../entities/run/RunStatusLabel'
import { runColour } from '../../entities/run/runColour'
import { useRunRow } from '../../entities/run/useRunRow'
import { Age } from '../../ui/Age'
import { formatLoss } from '../../ui/formatQuantity'
import { CurveCell } from './CurveCell'
import type { RowSelection } from './RowSelection'
import { RunMarks } from './RunMarks'
import { RunMenu, type RunRowActions } from './RunMenu'
import classes from './RunsList.module.css'
import { useIsSelected } from './useRowSelection'

export interface RunsListItemProps {
  readonly id: string
  readonly height: number
  /** Pixels from the top of the list. */
  readonly top: number
  readonly selection: RowSelection
  readonly actions: RunRowActions
}

/** Shows one run of the list, and follows it by itself. */
export function RunsListItem({ id, height, top, selection, actions }: RunsListItemProps) {
  const run = useRunRow(id)
  const isSelected = useIsSelected(selection, id)
  if (!run) return null
  return (
    <li
      className={classes.item}
      data-run={id}
      data-selected={isSelected || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div className={classes.first}>
        <Checkbox
          size="xs"
          className={classes.above}
          aria-label={`Select ${run.name}`}
          checked={isSelected}
          onChange={() => selection.toggle(id, null)}
        />
        <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.name} prefetch={false}>
          <span className={classes.dot} style={{ background: runColour(run.number) }} aria-hidden="true" />
          <span className={classes.number}>#{run.number}</span>
          <span className={classes.nameText} title={run.name}>
            {run.name}
          </span>
          <RunMarks run={run} />
        </Link>
        <span className={classes.above}>
          <RunMenu run={run} {...actions} />
        </span>
      </div>
      <div className={classes.config}>{[run.dataset?.title, run.outline ?? run.configProblem].filter(Boolean).join(' · ')}</div>
      <div className={classes.last}>
        <RunStatusLabel run={run} />
        <CurveCell curve={run.curve} colour={runColour(run.number)} />
        <span className={classes.loss}>
          <b>{formatLoss(run.summary.validationLoss)}</b>{' '}
          <span className={classes.age}>
            <Age at={run.createdAt} short />
          </span>
        </span>
      </div>
    </li>
  )
}
