/** States of a run, as the server names them. */
export const runStatuses = {
  QUEUED: { label: 'Queued', active: true },
  RUNNING: { label: 'Running', active: true },
  STOPPED: { label: 'Stopped', active: false },
  COMPLETED: { label: 'Completed', active: false },
  FAILED: { label: 'Failed', active: false },
} as const

export type RunStatus = keyof typeof runStatuses
