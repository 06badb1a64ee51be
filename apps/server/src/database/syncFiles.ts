import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'

/** Files that are written to the disk at a time. */
const AT_ONCE = 16

/** Waits until what a path holds, and all below it, is on the disk: a rename that follows never outlives what it renamed. */
export async function syncFiles(path: string): Promise<void> {
  const atOnce = pLimit(AT_ONCE)
  await atOnce.map(await pathsBelow(path), sync)
}

/** Waits until the names in a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform !== 'win32') await sync(path)
}

/** Names a file, or a folder with all that is below it, what is inside first. */
async function pathsBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return null
    throw error
  })
  if (!entries) return [path]
  const own = process.platform === 'win32' ? [] : [path]
  // Where a link leads is not ours.
  const inside = entries.filter((entry) => !entry.isSymbolicLink()).map((entry) => pathsBelow(join(path, entry.name)))
  return [...(await Promise.all(inside)).flat(), ...own]
}

async function sync(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
