import type { DataFolder } from './openDataFolder.js'
import { foldTexts } from './steps/foldTexts.js'
import { moveRuns } from './steps/moveRuns.js'
import { removeEstimates } from './steps/removeEstimates.js'

/** Moves data between two migrations where SQL cannot: such that it can be done again where it broke off. */
export interface DataStep {
  /** Migration that it follows. The next migration is applied only after it, and removes what it read. */
  readonly after: string
  readonly run: (folder: DataFolder) => Promise<void>
}

export const dataSteps: readonly DataStep[] = [
  {
    after: '20261128040000_set_runs_aside',
    run: async (folder) => {
      await moveRuns(folder)
      await removeEstimates(folder)
    },
  },
  { after: '20261128210500_mark_runs_and_keep_their_texts', run: foldTexts },
]
