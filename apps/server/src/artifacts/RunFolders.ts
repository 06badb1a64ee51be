import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactNames } from '@hourglass/protocol'
import type { DataFolder } from '../database/openDataFolder.js'
import type { Artifact } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { holderOf } from './StoredFile.js'

/** Folders of a run whose files come and go while it trains. */
const SWEPT = ['packs', 'resume', 'checkpoints', 'codes'] as const

/** Keeps the folders that hold runs' files. */
export class RunFolders {
  readonly root: string
  readonly #trash: string
  readonly #log: Log

  constructor({ runsFolder, trashFolder }: Pick<DataFolder, 'runsFolder' | 'trashFolder'>, log: Log) {
    this.root = runsFolder
    this.#trash = trashFolder
    this.#log = log
  }

  /** Locates a run's folder, or a file in it by its name with `/` between its parts. */
  pathOf(runId: string, name = ''): string {
    return join(this.root, runId, ...name.split('/'))
  }

  logOf(runId: string): string {
    return this.pathOf(runId, artifactNames.log)
  }

  /**
   * Locates a file that lies in a run's folder itself. Throws ARTIFACT_MISSING where a symbolic link is on the way, wherever it leads: whoever can
   * write into the folder must not be able to have other files served. Rejects with ENOENT where nothing is there.
   */
  async locate(runId: string, name: string): Promise<string> {
    // The data folder itself may be a link: that is the operator's.
    const expected = join(await realpath(this.root), runId, ...name.split('/'))
    if ((await realpath(expected)) === expected) return expected
    throw new HourglassError(
      errorCodes.artifactMissing,
      `${name}: expected a file in the folder of run ${runId}, got a symbolic link there or on the way, and links are not followed. Put the file itself in its place.`,
    )
  }

  /** Makes a run's folder ready for a worker. */
  async create(runId: string): Promise<string> {
    // With `recursive`, Node says ENOENT of what is read-only as well.
    await mkdir(this.pathOf(runId)).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') await mkdir(this.pathOf(runId), { recursive: true })
      else if (error.code !== 'EEXIST') throw error
    })
    const log = await lstat(this.logOf(runId)).catch(ignoreMissing(undefined))
    if (log?.isSymbolicLink()) {
      this.#log.warn({ runId }, 'log of run was a symbolic link and is written anew')
      await rm(this.logOf(runId))
    }
    return this.pathOf(runId)
  }

  /** Removes what a worker wrote before it, or its server, died, and what nobody listed by then or does any more. Nobody may train the run meanwhile. */
  async sweepUnlisted(runId: string, listed: readonly Pick<Artifact, 'name' | 'pack'>[]): Promise<void> {
    const used = new Set(listed.map(holderOf))
    for (const folder of SWEPT) {
      const names = (await readdir(this.pathOf(runId, folder)).catch(ignoreMissing<string[]>([]))).map((name) => `${folder}/${name}`)
      await this.remove(names.filter((name) => !used.has(name)).map((name) => ({ runId, name })))
    }
  }

  /** Removes files that are listed no more; what cannot be removed is in the log and in nobody's way. */
  async remove(files: readonly { readonly runId: string; readonly name: string }[]): Promise<void> {
    for (const { runId, name } of files) {
      try {
        await rm(await this.locate(runId, name))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
          this.#log.warn({ err: error, runId, name }, 'file that is of no more use cannot be removed')
        }
      }
    }
  }

  /**
   * Deletes folders together with rows: they leave their place before `deleteRows` and come back where it fails, so that a crash in
   * between leaves neither rows without files nor files without rows (see {@link sweepTrash}).
   */
  async deleteWith(runIds: readonly string[], deleteRows: () => Promise<void>): Promise<void> {
    try {
      for (const id of runIds) await rename(this.pathOf(id), join(this.#trash, id)).catch(ignoreMissing(undefined))
      await deleteRows()
    } catch (error) {
      for (const id of runIds) await rename(join(this.#trash, id), this.pathOf(id)).catch(ignoreMissing(undefined))
      throw error
    }
    for (const id of runIds) {
      // The run is gone whatever happens here; what stays in the trash goes at the next start.
      await rm(join(this.#trash, id), { recursive: true, force: true }).catch((error: unknown) => {
        this.#log.warn({ err: error, runId: id }, 'files of deleted run cannot be removed')
      })
    }
  }

  /**
   * Takes in folders of runs that are new to the lab, together with their rows: they take their places before `addRows` and leave them where it fails. A folder
   * that is in the way belongs to no run: a crash between the two has left it.
   */
  async adopt<Result>(runIds: readonly string[], from: string, addRows: () => Promise<Result>): Promise<Result> {
    const toTrash = (id: string) => rename(this.pathOf(id), join(this.#trash, id)).catch(ignoreMissing(undefined))
    try {
      for (const id of runIds) {
        await toTrash(id)
        await rename(join(from, id), this.pathOf(id)).catch(ignoreMissing(undefined))
      }
      return await addRows()
    } catch (error) {
      for (const id of runIds) await rename(this.pathOf(id), join(from, id)).catch(ignoreMissing(undefined))
      throw error
    } finally {
      for (const id of runIds) await rm(join(this.#trash, id), { recursive: true, force: true })
    }
  }

  /** Removes the folders of runs that are not in the lab. */
  async removeOf(runIds: readonly string[]): Promise<void> {
    for (const id of runIds) await rm(this.pathOf(id), { recursive: true, force: true })
  }

  /**
   * Finishes what a crash interrupted: puts back the folders of runs that still exist and deletes the others. One that cannot be moved or deleted is
   * logged, and stays until the next start.
   */
  async sweepTrash(exists: (runId: string) => Promise<boolean>): Promise<void> {
    for (const id of await readdir(this.#trash)) {
      const [path, isRun] = [join(this.#trash, id), await exists(id)]
      await (isRun ? rename(path, this.pathOf(id)) : rm(path, { recursive: true, force: true })).catch((error: unknown) => {
        this.#log.warn({ err: error, path }, isRun ? 'the folder of a run stays in the trash' : 'what was deleted stays in the trash')
      })
    }
  }
}

function ignoreMissing<Fallback>(fallback: Fallback): (error: NodeJS.ErrnoException) => Fallback {
  return (error) => {
    if (error.code === 'ENOENT') return fallback
    throw error
  }
}
