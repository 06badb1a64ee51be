import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { artifactNames } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { filesBelow } from '../artifacts/filesBelow.js'
import { holderOf } from '../artifacts/StoredFile.js'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'
import { copyDatabase, type ReadOnlyDatabase } from '../database/copyDatabase.js'
import { requireRestored } from '../database/unfinishedRestore.js'
import { type BackupManifest, MANIFEST } from './BackupManifest.js'
import { checkDataFolder, type FolderReport } from './checkDataFolder.js'
import { copyFile, copyHeld, hold, truncateTo } from './copyFile.js'
import { copySelection, type Selection, selectedRuns } from './copySelection.js'
import { holdersOf, isListed, listFiles, listRuns } from './listedFiles.js'
import { UpkeepError } from './UpkeepError.js'

export interface BackupOptions {
  readonly dataFolder: string
  /** Folder that the backup becomes; it must not be there yet. */
  readonly target: string
  /** Whether files get a second name on the same disk instead of a copy: quick and small, and no help against a failing disk. */
  readonly linked: boolean
  /** What is wanted of the lab, to be given to others: nothing that is its own comes along. @default all of it */
  readonly only?: Selection | undefined
}

/** How often the whole is begun anew because the lab took files away between the copy of its database and that of the files. */
const ATTEMPTS = 20

/**
 * Copies a data folder as it is at one moment, while the lab may train on it, and checks the copy. Files that are lost in the lab are lost in the copy
 * too, and reported. Throws an UpkeepError where the target is taken, there is no lab, or nothing of what is wanted.
 */
export async function backUp({ dataFolder, target, linked, only }: BackupOptions): Promise<FolderReport> {
  if (await stat(target).catch(() => null))
    throw new UpkeepError(`${target}: expected a folder that does not exist yet, got one that does. Name another one.`)
  if (!(await stat(join(dataFolder, 'hourglass.db')).catch(() => null))) {
    throw new UpkeepError(`${dataFolder}: expected a data folder with a hourglass.db, got none. Set HOURGLASS_DATA to it.`)
  }
  await requireRestored(dataFolder)
  const unfinished = `${target}${UNFINISHED}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(join(unfinished, 'runs'), { recursive: true })
  try {
    const migration = await copyRuns({ dataFolder, target: unfinished, linked, only })
    if (!only) await copyOwnFiles(dataFolder, unfinished, linked)
    const manifest: BackupManifest = {
      format: 'hourglass-backup',
      version: 1,
      createdAt: new Date().toISOString(),
      ...(only ? { selection: only } : { source: resolve(dataFolder) }),
      migration,
    }
    await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    const report = await checkDataFolder(unfinished)
    for (const ending of ['-wal', '-shm']) await rm(join(unfinished, `hourglass.db${ending}`), { force: true })
    await rename(unfinished, target)
    return report
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Copies what belongs to the lab and to no run. */
async function copyOwnFiles(dataFolder: string, target: string, linked: boolean): Promise<void> {
  for await (const { name, path, isLink } of filesBelow(join(dataFolder, 'components'))) {
    if (!isLink && !name.endsWith(UNFINISHED)) await copyFile(path, join(target, 'components', name), { linked })
  }
  await copyFile(join(dataFolder, 'launchers.key'), join(target, 'launchers.key'), { linked: false })
}

/** Copies database and files until all files of that moment are there; returns the database's newest migration. */
async function copyRuns({ dataFolder, target, linked, only }: BackupOptions): Promise<string | null> {
  const databasePath = join(dataFolder, 'hourglass.db')
  const live = new SqliteDatabase(databasePath, { readonly: true, timeout: 10_000 })
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const copyPath = join(target, 'hourglass.db')
      await rm(copyPath, { force: true })
      await copyDatabase(databasePath, copyPath, {
        atThatMoment: (database) => copyTrainingStates(database, { dataFolder, target, only }),
        ...(only ? { write: (database, to) => copySelection(database, to, only) } : {}),
      })
      const copy = new SqliteDatabase(copyPath, { readonly: true })
      try {
        if (!(await copyFiles({ copy, live, dataFolder, target, linked }))) continue
        await removeUnlisted(copy, target)
        return newestMigration(copy)
      } finally {
        copy.close()
      }
    }
  } finally {
    live.close()
  }
  throw new UpkeepError(
    `${dataFolder}: files were taken away while they were copied, ${ATTEMPTS} times in a row. Try again when fewer runs are deleted or measured anew.`,
  )
}

/** Training states are gone an epoch later: they are opened at the very moment that the copy of the database shows. */
async function copyTrainingStates(
  database: ReadOnlyDatabase,
  { dataFolder, target, only }: Pick<BackupOptions, 'dataFolder' | 'target' | 'only'>,
): Promise<void> {
  const wanted = only && new Set(selectedRuns(database, only))
  const names = listRuns(database).flatMap((run) =>
    run.status === 'RUNNING' && (!wanted || wanted.has(run.number))
      ? listFiles(database, run).flatMap(({ type, name }) => (type === 'resume' ? [join('runs', run.id, ...name.split('/'))] : []))
      : [],
  )
  const held = await Promise.all(names.map(async (name) => ({ name, file: await hold(join(dataFolder, name)) })))
  for (const { name, file } of held) if (file) await copyHeld(file, join(target, name))
}

interface CopyOptions {
  readonly copy: ReadOnlyDatabase
  readonly live: ReadOnlyDatabase
  readonly dataFolder: string
  readonly target: string
  readonly linked: boolean
}

/** Copies what the copied database lists; false where the lab has taken a file away meanwhile. */
async function copyFiles({ copy, live, dataFolder, target, linked }: CopyOptions): Promise<boolean> {
  let isWhole = true
  for (const run of listRuns(copy)) {
    const [from, to] = [join(dataFolder, 'runs', run.id), join(target, 'runs', run.id)]
    for (const holder of holdersOf(listFiles(copy, run))) {
      const { name, bytes, isPack, files } = holder
      const path = join(to, ...name.split('/'))
      const size = (await stat(path).catch(() => null))?.size ?? -1
      // What an earlier attempt copied is the same: nothing is written again under its name, and a pack changes behind what is listed alone.
      if (isPack ? size >= bytes : size === bytes) continue
      await rm(path, { force: true })
      const isCopied = await copyFile(join(from, ...name.split('/')), path, { linked })
      // Later epochs lie behind what is listed. A second name has them too, and is appended to by nobody but the attempt that runs now.
      if (isCopied && isPack && !linked) await truncateTo(path, bytes)
      // One that is still listed there is lost in the lab itself.
      if (!isCopied && !files.some((file) => isListed(live, run, file))) isWhole = false
    }
    // It is appended to, so that a second name would not be a copy.
    await copyFile(join(from, artifactNames.log), join(to, artifactNames.log), { linked: false })
  }
  return isWhole
}

/** Removes what attempts before the last one copied. */
async function removeUnlisted(copy: ReadOnlyDatabase, target: string): Promise<void> {
  const runs = new Map(listRuns(copy).map((run) => [run.id, run]))
  for (const id of await readdir(join(target, 'runs'))) {
    const run = runs.get(id)
    const folder = join(target, 'runs', id)
    if (!run) {
      await rm(folder, { recursive: true })
      continue
    }
    const listed = new Set([artifactNames.log, ...listFiles(copy, run).map(holderOf)])
    for await (const { name, path } of filesBelow(folder)) if (!listed.has(name)) await rm(path)
  }
}

function newestMigration(database: ReadOnlyDatabase): string | null {
  const row = database.prepare('SELECT max(migration_name) AS name FROM _prisma_migrations').get() as { name: string | null }
  return row.name
}
