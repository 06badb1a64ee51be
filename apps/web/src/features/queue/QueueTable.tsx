'use client'

import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconArrowBarToDown, IconArrowBarToUp, IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react'
import Link from 'next/link'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { runColour } from '../../entities/run/runColour'
import classes from './QueueTable.module.css'
import type { Move } from './queueOrder'
import type { QueuedRun } from './useQueue'

export interface QueueTableProps {
  readonly runs: readonly QueuedRun[]
  /** All that wait, shown or not. */
  readonly count: number
  readonly isPaused: boolean
  readonly onMove: (run: QueuedRun, move: Move) => void
}

const keys: Readonly<Record<string, Move>> = { ArrowUp: 'up', ArrowDown: 'down', Home: 'first', End: 'last' }

const steps = [
  { move: 'first', label: 'Move to the front', Icon: IconArrowBarToUp },
  { move: 'up', label: 'Move up', Icon: IconChevronUp },
  { move: 'down', label: 'Move down', Icon: IconChevronDown },
  { move: 'last', label: 'Move to the end', Icon: IconArrowBarToDown },
] as const

/** Lists the runs that wait; each can be dragged by its handle, or moved by its buttons and, from the handle, by the arrow keys, Home and End. */
export function QueueTable({ runs, count, isPaused, onMove }: QueueTableProps) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<{ readonly id: string; readonly isBehind: boolean } | null>(null)
  /** The place from which a step leads nowhere. */
  const ends = { first: 0, up: 0, down: runs.length - 1, last: count - 1 }
  const end = () => {
    setDragged(null)
    setOver(null)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const run = runs.find(({ id }) => id === dragged)
    if (run && over) onMove(run, over.isBehind ? { after: over.id } : { before: over.id })
    end()
  }
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Runs that wait">
        <thead>
          <tr>
            <th scope="col" data-column="handle">
              <VisuallyHidden>Drag</VisuallyHidden>
            </th>
            <th scope="col" data-align="right">
              Place
            </th>
            <th scope="col">Run</th>
            <th scope="col" data-column="experiment">
              Experiment
            </th>
            <th scope="col">Waits for</th>
            <th scope="col">Move</th>
          </tr>
        </thead>
        <tbody onDrop={drop} onDragEnd={end}>
          {runs.map((run, index) => (
            <tr
              key={run.id}
              data-run={run.id}
              data-dragged={run.id === dragged || undefined}
              data-over={over?.id === run.id && run.id !== dragged ? (over.isBehind ? 'behind' : 'before') : undefined}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                const { top, height } = event.currentTarget.getBoundingClientRect()
                setOver({ id: run.id, isBehind: event.clientY > top + height / 2 })
              }}
            >
              <td data-column="handle">
                <button
                  type="button"
                  className={classes.handle}
                  draggable
                  aria-label={`Move #${run.number} ${run.name}`}
                  aria-keyshortcuts="ArrowUp ArrowDown Home End"
                  title="Drag, or press the arrow keys, Home or End"
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move'
                    event.dataTransfer.setData('text/plain', run.id)
                    setDragged(run.id)
                  }}
                  onKeyDown={(event: KeyboardEvent) => {
                    const move = keys[event.key]
                    if (!move || event.altKey || event.ctrlKey || event.metaKey) return
                    event.preventDefault()
                    onMove(run, move)
                  }}
                >
                  <IconGripVertical size={14} aria-hidden />
                </button>
              </td>
              <td data-align="right">{index + 1}</td>
              <th scope="row">
                <Link href={`/runs/${encodeURIComponent(run.id)}`} className={classes.name} prefetch={false} title={run.name}>
                  <span className={classes.dot} style={{ background: runColour(run.number) }} aria-hidden />
                  <span className={classes.number}>#{run.number}</span> {run.name}
                </Link>
              </th>
              <td data-column="experiment">
                {run.experiment ? (
                  <Link href={`/experiments/${encodeURIComponent(run.experiment.id)}`} className={classes.name} prefetch={false}>
                    {run.experiment.name}
                  </Link>
                ) : null}
              </td>
              <td className={classes.reason}>{reasonOf(run, index, isPaused)}</td>
              <td>
                <span className={classes.steps}>
                  {steps.map(({ move, label, Icon }) => (
                    <ActionIcon
                      key={move}
                      variant="subtle"
                      color="gray"
                      size="sm"
                      aria-label={`${label}: #${run.number} ${run.name}`}
                      title={label}
                      disabled={index === ends[move]}
                      onClick={() => onMove(run, move)}
                    >
                      <Icon size={14} />
                    </ActionIcon>
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Says what a run waits for. */
function reasonOf({ progress }: QueuedRun, index: number, isPaused: boolean): string {
  if (isPaused) return 'the queue to be resumed'
  if (progress?.waitingFor) return progress.waitingFor.message
  return index === 0 ? 'a free worker' : 'its turn'
}
