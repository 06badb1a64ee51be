import { type RunStatus, runStatuses } from './runStatus'

interface RunState {
  readonly status: RunStatus
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number }
}

/** Tells what the API lets be done with a run in its state; a run that failed in its first epoch resumes from the start. */
export function runAbilities({ status, summary }: RunState) {
  return {
    canStop: runStatuses[status].active,
    canExtend: status === 'COMPLETED',
    canResume: (status === 'STOPPED' || status === 'FAILED') && summary.epochsCompleted < summary.epochs,
  }
}
