import { constants } from 'node:fs'
import { copyFile as copy, type FileHandle, link, mkdir, open, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UpkeepError } from './UpkeepError.js'

/** Copies a file, or gives it a second name on the same disk; false where it is not there. */
export async function copyFile(from: string, to: string, options: { readonly linked: boolean }): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true })
  try {
    if (options.linked) await link(from, to)
    else await copy(from, to, constants.COPYFILE_FICLONE)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return false
    if (code === 'EXDEV') throw new UpkeepError(`${to}: expected a place on the disk of ${from}, got one on another: leave --link out.`)
    throw error
  }
}

/** Takes away what a copy has behind so many bytes; one that is shorter stays as it is. */
export async function truncateTo(path: string, bytes: number): Promise<void> {
  if ((await stat(path)).size > bytes) await truncate(path, bytes)
}

/** Opens a file, so that it can be copied although it is removed meanwhile; null where it is not there. */
export function hold(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

/** Copies what an open file holds, and closes it. */
export async function copyHeld(file: FileHandle, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  const target = await open(to, 'w')
  await pipeline(file.createReadStream(), target.createWriteStream())
}
