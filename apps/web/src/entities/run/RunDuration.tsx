'use client'

import { formatDuration } from '../../ui/formatQuantity'
import { useNow } from '../../ui/useNow'
import type { RunRow } from './useRunRow'

type TimedRun = Pick<RunRow, 'status' | 'startedAt'> & { readonly summary: Pick<RunRow['summary'], 'seconds'> }

/** Shows how long a run trained; counts on while it trains. */
export function RunDuration({ run }: { readonly run: TimedRun }) {
  if (run.status === 'RUNNING' && run.startedAt) return <Counting since={Date.parse(run.startedAt)} />
  const { seconds } = run.summary
  return <>{seconds === null ? '–' : formatDuration(seconds)}</>
}

function Counting({ since }: { readonly since: number }) {
  const now = useNow()
  return <>{formatDuration(Math.max(0, Math.round((now - since) / 1000)))}</>
}
