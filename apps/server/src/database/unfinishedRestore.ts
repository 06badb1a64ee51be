import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartupError } from '../StartupError.js'
import { syncFiles, syncFolder } from './syncFiles.js'

/** The folder in a data folder that holds what is being restored, as long as that takes. */
const RESTORING = '.restoring'
/** The file in it that says how far the restore is. */
const STATE = 'restore.json'

const restoreStateSchema = z.discriminatedUnion('stage', [
  /** What is in the folder is not all of the backup; the lab beside it is as it was. */
  z.strictObject({ stage: z.literal('copying'), version: z.literal(1), backup: z.string() }),
  /** All of the backup is in the folder and on the disk; parts of the lab may have given way, and others taken their place. */
  z.strictObject({
    stage: z.literal('replacing'),
    version: z.literal(1),
    backup: z.string(),
    /** Parts that come from the backup. */
    incoming: z.array(z.string()),
    /** Parts of the lab that give way. */
    replaced: z.array(z.string()),
    /** Where these go; null where they belong to no lab. */
    aside: z.string().nullable(),
  }),
])
export type RestoreState = z.output<typeof restoreStateSchema>
export type ReplacingState = Extract<RestoreState, { stage: 'replacing' }>

export const restoringFolderOf = (dataFolder: string) => join(dataFolder, RESTORING)

/** Writes down how far a restore is, such that it is on the disk. */
export async function writeRestoreState(dataFolder: string, state: RestoreState): Promise<void> {
  const folder = restoringFolderOf(dataFolder)
  const path = join(folder, STATE)
  const unfinished = `${path}.tmp`
  await writeFile(unfinished, `${JSON.stringify(state, null, 2)}\n`)
  await syncFiles(unfinished)
  await rename(unfinished, path)
  await syncFolder(folder)
  await syncFolder(dataFolder)
}

/** Reads how far a restore is that was interrupted; null where there is none. Throws a StartupError where a newer version began it. */
export async function readRestoreState(dataFolder: string): Promise<RestoreState | null> {
  const folder = restoringFolderOf(dataFolder)
  if (!(await stat(folder).catch(() => null))) return null
  const text = await readFile(join(folder, STATE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) {
    // Nothing is copied before it is written down, and nothing is left once that is removed; earlier versions wrote nothing down.
    const isEmpty = (await readdir(folder)).every((name) => name.startsWith(STATE))
    return isEmpty ? null : { stage: 'copying', version: 1, backup: 'BACKUP' }
  }
  try {
    return restoreStateSchema.parse(JSON.parse(text))
  } catch {
    throw new StartupError(
      `${join(folder, STATE)}: expected how far a restore is, in version 1, got another content. A newer Hourglass may have begun it: update this one, and restore again.`,
    )
  }
}

/** Says that a restore is finished: all of it is in its place, and on the disk. */
export async function endRestore(dataFolder: string): Promise<void> {
  const folder = restoringFolderOf(dataFolder)
  // First: a folder that is empty, or holds what was begun to be written of it, stands for no restore.
  await rm(join(folder, STATE))
  await rm(folder, { recursive: true })
  await syncFolder(dataFolder)
}

/** Throws a StartupError where a restore into the folder was interrupted: what is there may be parts of two labs. */
export async function requireRestored(dataFolder: string): Promise<void> {
  const state = await readRestoreState(dataFolder)
  if (!state) return
  const again = `npm run restore -- ${state.backup} ${dataFolder}`
  throw new StartupError(
    state.stage === 'replacing'
      ? `${dataFolder}: a restore was interrupted, and parts of it are in place. Restore the same backup again, which finishes it: ${again}`
      : `${dataFolder}: a restore was interrupted while the backup was copied. Restore again: ${again}. Or remove ${restoringFolderOf(dataFolder)} to go on with what is there.`,
  )
}
