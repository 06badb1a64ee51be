import type { RunReportOf } from '@hourglass/protocol'
import { errorCodes } from '../HourglassError.js'
import type { WorkerExit } from '../processes/ForkedWorker.js'
import type { WorkerProblem } from '../processes/WorkerWatch.js'
import type { RunFailure, StatusChange } from '../runs/RunFacts.js'

/** How a worker ended: as it said, or without a word. */
export type Ending = RunReportOf<'ended' | 'failed'> | ({ readonly type: 'died' } & WorkerExit)

/** Why the server ended a worker. */
export type Intent = 'stop' | 'close' | 'discard'

export interface EndedRun {
  readonly ending: Ending
  readonly intent: Intent | undefined
  /** For what the server ended it, where it did. */
  readonly problem?: WorkerProblem | undefined
  /** How often its worker was lost before since it last completed an epoch. */
  readonly interruptions: number
  /** Whether all its epochs are stored. */
  readonly isComplete: boolean
  /** Whether nothing is left to measure, or it cannot be. */
  readonly isMeasured: boolean
}

/** So often in a row a run goes on by itself after its worker was lost. */
const INTERRUPTION_LIMIT = 3

/** Decides the status of a run whose worker is gone; undefined for a run that is being deleted. */
export function decideOutcome(run: EndedRun): StatusChange | undefined {
  const { ending, intent, isComplete, isMeasured } = run
  if (intent === 'discard') return undefined
  const finished = { from: ['RUNNING'], data: { finishedAt: new Date() } } as const
  const waits = { from: ['RUNNING'], to: 'QUEUED', data: { wasInterrupted: true } } as const
  if (ending.type === 'died' && ending.refusal !== undefined) {
    // It has not begun: its turn comes again.
    return intent === 'stop' ? { ...finished, to: isComplete ? 'COMPLETED' : 'STOPPED' } : waits
  }
  if (isComplete) {
    // With every epoch stored nothing is left to stop, to fail or to resume.
    if (isMeasured || intent === 'stop' || ending.type === 'ended') return { ...finished, to: 'COMPLETED' }
    if (intent === 'close') return waits
    return tryAgain(run) ?? { ...finished, to: 'COMPLETED', analysisFailure: failureOf(run, ending) }
  }
  if (ending.type === 'ended' && ending.reason === 'completed') return { ...finished, to: 'COMPLETED' }
  // A run that fails while it is being ended has failed; one that cannot write then, or is killed, has not.
  if (ending.type === 'failed' && !(intent && isOfTheStore(ending.code)))
    return { ...finished, to: 'FAILED', failure: failureOf(run, ending) }
  if (intent === 'stop') return { ...finished, to: 'STOPPED' }
  if (intent === 'close') return waits
  if (ending.type === 'ended') return { ...finished, to: 'STOPPED' }
  return tryAgain(run) ?? { ...finished, to: 'FAILED', failure: failureOf(run, ending) }
}

/** Whether a failure is the data folder's: no run's fault. */
function isOfTheStore(code: string): boolean {
  const { storeBusy, storeReadOnly, storeFailed, diskFull } = errorCodes
  return [storeBusy, storeReadOnly, storeFailed, diskFull].some((known) => known === code)
}

/** Lets a run go on whose worker was lost by what may pass: a signal from the system, a hang. One that ended by itself would do so again. */
function tryAgain(run: EndedRun): StatusChange | undefined {
  const { ending, problem, interruptions } = run
  if (ending.type !== 'died' || interruptions >= INTERRUPTION_LIMIT) return undefined
  if (problem ? !problem.isPassing : ending.signal === null && ending.code !== null) return undefined
  const { code, message } = problem ?? { code: 'WORKER_CRASHED', message: describeDeath(ending) }
  return { from: ['RUNNING'], to: 'QUEUED', interruption: { code, message, time: interruptions + 1, limit: INTERRUPTION_LIMIT } }
}

function failureOf({ problem, interruptions, isComplete }: EndedRun, ending: Exclude<Ending, { type: 'ended' }>): RunFailure {
  if (ending.type === 'failed') return { code: ending.code, message: ending.message }
  const { code, message } = problem ?? { code: 'WORKER_CRASHED', message: describeDeath(ending) }
  const tried = interruptions > 0 ? ` It was tried ${interruptions + 1} times without getting further.` : ''
  const advice = isComplete ? 'All epochs are kept; it can be measured again.' : 'Resume continues from the last completed epoch.'
  return { code, message: `${message}${tried} ${advice}` }
}

function describeDeath({ code, signal, lastErrorLine }: WorkerExit): string {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`
  const hint = signal === 'SIGKILL' ? ' (often the system, when memory runs out)' : ''
  const last = lastErrorLine ? ` Its last error line: ${lastErrorLine}` : ''
  return `The run’s process ${how}${hint} before the run was complete.${last}`
}
