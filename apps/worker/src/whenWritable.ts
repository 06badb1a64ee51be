import { setTimeout as sleep } from 'node:timers/promises'

/** What keeps files from being written. */
export interface WriteObstacle {
  readonly code: 'DISK_FULL' | 'STORE_READ_ONLY' | 'STORE_FAILED'
  readonly message: string
}

export interface WriteWait {
  readonly patienceSeconds: number
  /** Ends the wait. */
  readonly signal: AbortSignal
  /** Hears what is waited for, and null when that is over. */
  readonly onWaiting: (obstacle: WriteObstacle | null) => Promise<void>
}

/** By the system's codes: what may pass by what somebody does. */
const obstacles: Readonly<Record<string, WriteObstacle>> = {
  ENOSPC: { code: 'DISK_FULL', message: 'The disk that holds the data folder is full. Free some space.' },
  EDQUOT: { code: 'DISK_FULL', message: 'The disk quota of the data folder is used up. Free some space.' },
  EROFS: { code: 'STORE_READ_ONLY', message: 'The data folder cannot be written. Mount it writable.' },
  EACCES: { code: 'STORE_READ_ONLY', message: 'The data folder cannot be written. Give this user the right to.' },
  EPERM: { code: 'STORE_READ_ONLY', message: 'The data folder cannot be written. Give this user the right to.' },
  EIO: { code: 'STORE_FAILED', message: 'The disk that holds the data folder reports errors. Look at the disk.' },
}

/** Pauses between two tries, in milliseconds: the first, and the longest. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2_000

/** Recognises what keeps a file from being written; undefined for every other error. */
export function writeObstacleOf(error: unknown): WriteObstacle | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code !== undefined && Object.hasOwn(obstacles, code) ? obstacles[code] : undefined
}

/** Writes a file, and tries again while the disk takes none. Throws what writing threw once the patience is over. */
export async function whenWritable(write: () => Promise<void>, { patienceSeconds, signal, onWaiting }: WriteWait): Promise<void> {
  const deadline = performance.now() + patienceSeconds * 1000
  let told: WriteObstacle | undefined
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      await write()
      if (told) await onWaiting(null)
      return
    } catch (error) {
      const obstacle = writeObstacleOf(error)
      if (!obstacle || signal.aborted || performance.now() > deadline) throw error
      if (told !== obstacle) await onWaiting(obstacle)
      told = obstacle
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}
