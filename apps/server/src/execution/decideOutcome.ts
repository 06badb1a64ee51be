import type { RunReportOf } from '@hourglass/protocol'
import type { StatusChange } from '../runs/RunFacts.js'
import type { WorkerExit } from './ForkedWorker.js'

/** How a worker ended: as it said, or without a word. */
export type Ending = RunReportOf<'ended' | 'failed'> | ({ readonly type: 'died' } & WorkerExit)

/** Why the server ended a worker. */
export type Intent = 'stop' | 'close' | 'discard'

export interface EndedRun {
  readonly ending: Ending
  readonly intent: Intent | undefined
  /** Whether all its epochs are stored. */
  readonly isComplete: boolean
  /** Whether nothing is left to measure, or it cannot be. */
  readonly isMeasured: boolean
}

/** Decides the status of a run whose worker is gone; undefined for a run that is being deleted. */
export function decideOutcome({ ending, intent, isComplete, isMeasured }: EndedRun): StatusChange | undefined {
  if (intent === 'discard') return undefined
  const finished = { from: ['RUNNING'], data: { finishedAt: new Date() } } as const
  if (isComplete && !isMeasured && intent === 'close') return { from: ['RUNNING'], to: 'QUEUED' }
  // With every epoch stored nothing is left to stop, to fail or to resume.
  if (isComplete || (ending.type === 'ended' && ending.reason === 'completed')) return { ...finished, to: 'COMPLETED' }
  // A failure is a failure also while stopping; a worker that was killed while stopping is not.
  if (ending.type === 'failed') return { ...finished, to: 'FAILED', failure: { code: ending.code, message: ending.message } }
  if (intent === 'stop') return { ...finished, to: 'STOPPED' }
  if (intent === 'close') return { from: ['RUNNING'], to: 'QUEUED' }
  if (ending.type === 'ended') return { ...finished, to: 'STOPPED' }
  return { ...finished, to: 'FAILED', failure: { code: 'WORKER_CRASHED', message: describeDeath(ending) } }
}

function describeDeath({ code, signal, lastErrorLine }: WorkerExit): string {
  const how = signal ? `was ended by ${signal}` : code === null ? 'could not start' : `ended with exit code ${code}`
  const hint = signal === 'SIGKILL' ? ' (often the system, when memory runs out)' : ''
  const last = lastErrorLine ? ` Its last error line: ${lastErrorLine}` : ''
  return `The training process ${how}${hint} before the run was complete. Resume continues from the last completed epoch.${last}`
}
