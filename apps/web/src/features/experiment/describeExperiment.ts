interface StatusCounts {
  readonly total: number
  readonly queued: number
  readonly running: number
  readonly stopped: number
  readonly completed: number
  readonly failed: number
}

const statuses = [
  ['running', 'running'],
  ['queued', 'queued'],
  ['stopped', 'stopped'],
  ['failed', 'failed'],
] as const

/** Says how its runs stand: `3 of 9 runs completed, 1 running, 5 queued`. */
export function describeCounts(counts: StatusCounts): string {
  if (counts.total === 0) return 'No runs left'
  const runs = counts.total === 1 ? '1 run' : `${counts.total} runs`
  if (counts.completed === counts.total) return counts.total === 1 ? '1 run completed' : `All ${runs} completed`
  const others = statuses.flatMap(([key, word]) => (counts[key] > 0 ? [`${counts[key]} ${word}`] : []))
  return [`${counts.completed} of ${runs} completed`, ...others].join(', ')
}

/** Names the state of the whole as that of a run; null where no run is left. */
export function experimentStatus({ total, queued, running, stopped, failed }: StatusCounts) {
  if (total === 0) return null
  if (running > 0) return 'RUNNING'
  if (queued > 0) return 'QUEUED'
  if (failed > 0) return 'FAILED'
  return stopped > 0 ? 'STOPPED' : 'COMPLETED'
}
