import { totalmem } from 'node:os'
import type { MemoryOfRuns } from '../runs/requireMemory.js'
import type { Settings } from '../Settings.js'

/** What the server, the dashboard and the system keep, at most; of a small machine a quarter. */
const RESERVE_BYTES = 1.5e9

/** Says how much memory there is and how much of it each run may take: what a setting says, else equal shares of all but a reserve. */
export function memoryOfRuns({ workerMegabytes, maxRuns }: Pick<Settings, 'workerMegabytes' | 'maxRuns'>): MemoryOfRuns {
  // 0, or more than there is, where no control group bounds this process.
  const bound = process.constrainedMemory()
  const machineBytes = bound > 0 ? Math.min(bound, totalmem()) : totalmem()
  const share = (machineBytes - Math.min(RESERVE_BYTES, machineBytes / 4)) / maxRuns
  return { machineBytes, runBytes: workerMegabytes === undefined ? share : Math.min(workerMegabytes * 1e6, machineBytes) }
}
