import type { RunReport } from '@hourglass/protocol'

/** Takes what is to be told of a run to whoever records it. */
export interface Reporter {
  /** Resolves once the report has left this process; reports arrive in the order in which they were given. */
  report(report: RunReport): Promise<void>
}
