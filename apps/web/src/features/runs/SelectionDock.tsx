'use client'

import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { comparableCurve, comparableTitle, comparisonNotes, toComparable } from '../../entities/run/comparable'
import { comparedSeries } from '../../entities/run/comparedSeries'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { LineChart } from '../../ui/LineChart'
import classes from './SelectionDock.module.css'

export interface SelectionDockProps {
  readonly selected: readonly string[]
  readonly runs: readonly ComparedRun[]
  readonly scale: 'linear' | 'log'
  readonly onScale: (scale: 'linear' | 'log') => void
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onClear: () => void
  readonly onDelete: () => void
}

/** Lies over the foot of the page while runs are selected: their curves over each other, and what can be done with all of them. */
export function SelectionDock({ selected, runs, scale, onScale, isOpen, onOpen, onClear, onDelete }: SelectionDockProps) {
  const comparable = useMemo(() => toComparable(runs), [runs])
  const notes = comparisonNotes(comparable)
  const series = useMemo(() => comparedSeries(runs, comparableCurve(comparable)), [runs, comparable])
  return (
    <section className={classes.dock} aria-label="Selected runs" data-testid="selection">
      <div className={classes.bar}>
        <span className={classes.count}>{selected.length} selected</span>
        <Button component={Link} href={`/compare?runs=${selected.map(encodeURIComponent).join(',')}`}>
          Compare
        </Button>
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
        <Button variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={onDelete}>
          Delete
        </Button>
        <span className={classes.space} />
        {isOpen ? (
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
      {isOpen ? (
        <>
          {notes.length > 0 ? <p className={classes.note}>{notes.join(' ')}</p> : null}
          <LineChart series={series} scale={scale} xLabel="Epoch" yLabel={comparableTitle(comparable)} height={220} />
        </>
      ) : null}
    </section>
  )
}
