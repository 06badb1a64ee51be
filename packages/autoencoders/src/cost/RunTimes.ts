import type { RunConfig } from '../config/RunConfig.js'
import type { DatasetSizes } from './DatasetSizes.js'
import type { StageSeconds } from './StageSeconds.js'

/** Where the time of a run went that has trained, or of one that trains, as far as it has come. */
export interface RunTimes {
  readonly config: RunConfig
  /** Of its data set. */
  readonly sizes: DatasetSizes
  /** The machine that trained it. */
  readonly host: string
  readonly seconds: StageSeconds
}

/** How fast a machine is, from one short measurement: for before it has trained anything. */
export interface MachineRate {
  readonly host: string
  /** Its seconds for each second that counted work takes on the machine where the count was made. */
  readonly pace: number
}
