import { runFraction } from '../../entities/run/runFraction'
import { runStatuses } from '../../entities/run/runStatus'
import type { Run } from '../../entities/run/useRun'

/** Titles the browser's tab of a run: how far it is, or how it ended, first, since tabs are narrow. */
export function runTitle(run: Pick<Run, 'name' | 'status' | 'summary' | 'progress'>): string {
  const state = run.status === 'RUNNING' ? `${Math.floor(100 * runFraction(run))} %` : runStatuses[run.status].label
  return `${state} · ${run.name}`
}
