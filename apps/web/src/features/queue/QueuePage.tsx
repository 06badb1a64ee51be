'use client'

import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { pauseQueue, resumeQueue } from '../../entities/lab/queueActions'
import { formatCount } from '../../ui/formatQuantity'
import { Unreachable } from '../../ui/Unreachable'
import classes from './QueuePage.module.css'
import { QueueTable } from './QueueTable'
import type { Move } from './queueOrder'
import { type QueuedRun, useQueue } from './useQueue'

/** Shows which runs wait, in which order and for what; puts them in another order, and lets the queue rest. */
export function QueuePage() {
  const { runs, count, lab, loading, error, move } = useQueue()
  const pause = useAction(pauseQueue)
  const resume = useAction(resumeQueue)
  const [told, setTold] = useState('')
  if (!lab || loading) return error ? <Unreachable error={error} /> : <Skeleton height={240} role="status" aria-label="Loading the queue" />
  const { queued, running, maxRuns, queuePaused } = lab
  const onMove = async (run: QueuedRun, where: Move) => {
    const place = await move(run.id, where)
    if (place !== null) setTold(`#${run.number} ${run.name} is at place ${formatCount(place)} of ${formatCount(count)}.`)
  }
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Queue</h1>
        <p className={classes.sum} data-testid="queue-state">
          {describeQueue({ queued, running, maxRuns, queuePaused })}
        </p>
        {queuePaused ? (
          <Button size="xs" leftSection={<IconPlayerPlay size={14} />} loading={resume.isRunning} onClick={() => void resume.run({})}>
            Resume the queue
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPause size={14} />}
            loading={pause.isRunning}
            onClick={() => void pause.run({})}
          >
            Pause the queue
          </Button>
        )}
      </div>
      {runs.length === 0 ? (
        <p className={classes.none}>
          No run waits. <Link href="/new">Launch one</Link>, or an <Link href="/experiments">experiment</Link>.
        </p>
      ) : (
        <>
          <QueueTable runs={runs} count={count} isPaused={queuePaused} onMove={(run, where) => void onMove(run, where)} />
          <p className={classes.note}>
            {queued > runs.length ? `The first ${formatCount(runs.length)} of ${formatCount(queued)} are shown. ` : ''}
            Runs of several people take turns; a run that is moved and all that are ahead of it keep their order.
          </p>
        </>
      )}
      <VisuallyHidden component="p" aria-live="polite">
        {told}
      </VisuallyHidden>
    </>
  )
}

interface QueueState {
  readonly queued: number
  readonly running: number
  readonly maxRuns: number
  readonly queuePaused: boolean
}

/** Says in a sentence what waits and what trains. */
function describeQueue({ queued, running, maxRuns, queuePaused }: QueueState): string {
  const waits = queued === 1 ? '1 run waits' : `${formatCount(queued)} runs wait`
  const trains = running === 1 ? '1 trains' : `${formatCount(running)} train`
  const rests = queuePaused ? ' The queue rests: none is started until it is resumed; what trains goes on.' : ''
  return `${waits}, ${trains}, at most ${formatCount(maxRuns)} at a time.${rests}`
}
