import { rm, stat } from 'node:fs/promises'
import { filesBelow } from './filesBelow.js'

/** Ending of files that are being written; a process that dies meanwhile leaves one. */
export const UNFINISHED = '.tmp'

export interface SweepOptions {
  readonly folders: readonly string[]
  /** Files that were written to since may still be. */
  readonly before: Date
  readonly signal?: AbortSignal | undefined
}

/** Removes unfinished files that nobody writes any more; returns their paths. */
export async function sweepUnfinished({ folders, before, signal }: SweepOptions): Promise<string[]> {
  const removed: string[] = []
  for (const folder of folders) {
    for await (const { name, path, isLink } of filesBelow(folder)) {
      if (signal?.aborted) return removed
      if (isLink || !name.endsWith(UNFINISHED)) continue
      const info = await stat(path).catch(() => null)
      if (!info || info.mtimeMs >= before.getTime()) continue
      await rm(path, { force: true })
      removed.push(path)
    }
  }
  return removed
}
