import { DIVERGED } from '../../data/apiError'
import { type RunStatus, runStatuses } from './runStatus'

interface RunState {
  readonly status: RunStatus
  readonly error: { readonly code: string } | null
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number }
}

/** Tells what the API lets be done with a run in its state; a run that failed in its first epoch resumes from the start. One that diverged would do so again. */
export function runAbilities({ status, error, summary }: RunState) {
  return {
    canStop: runStatuses[status].active,
    canExtend: status === 'COMPLETED',
    canResume: (status === 'STOPPED' || status === 'FAILED') && error?.code !== DIVERGED && summary.epochsCompleted < summary.epochs,
  }
}
