import type { RunProgress } from '@hourglass/protocol'

/** What keeps a run from going on. */
export interface Obstacle {
  readonly code: string
  readonly message: string
}

/** Where a run is, as its worker said last, and what it waits for. */
export interface LiveProgress extends RunProgress {
  /** Null while nothing is in its way. */
  readonly waitingFor: Obstacle | null
}
