import { statfs } from 'node:fs/promises'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { inWords } from './archiveLimits.js'

/** Tells how many bytes a folder's disk takes still; infinitely many where the file system does not say. */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize
}

/** Throws DISK_FULL where so many bytes would leave less than `kept` free. */
export async function requireSpace(folder: string, bytes: number, kept: number): Promise<void> {
  const free = await freeSpace(folder)
  if (free - bytes >= kept) return
  throw noSpace(
    `archive: expected ${inWords(Math.ceil(bytes / 1e6))} MB of free space to take it in and ${inWords(Math.ceil(kept / 1e6))} MB that stay free, got ${inWords(Math.floor(free / 1e6))} MB.`,
  )
}

/** Makes the error of a disk that is full; `what` is a sentence of its own. */
export function noSpace(what: string): HourglassError {
  return new HourglassError(errorCodes.diskFull, `${what} Nothing was imported; free some space.`)
}
