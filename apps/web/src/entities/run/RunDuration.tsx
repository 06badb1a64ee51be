'use client'

import { formatDuration } from '../../ui/formatQuantity'
import { useNow } from '../../ui/useNow'
import { secondsTaken, type TimedRun } from './secondsTaken'

/** What the time of a run is. */
export const durationHint =
  'From start to end by the clock: starting, training, storing and measuring, and the pauses of a run that was continued'

/** Shows how long a run took from start to end; counts on while it trains. */
export function RunDuration({ run }: { readonly run: TimedRun }) {
  if (run.status === 'RUNNING' && run.startedAt) return <Counting since={Date.parse(run.startedAt)} />
  const seconds = secondsTaken(run)
  return <>{seconds === null ? '–' : formatDuration(seconds)}</>
}

function Counting({ since }: { readonly since: number }) {
  const now = useNow()
  return <>{formatDuration(Math.max(1, Math.round((now - since) / 1000)))}</>
}
