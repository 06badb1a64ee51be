import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactNames } from '@hourglass/protocol'
import type { DataFolder } from '../database/openDataFolder.js'
import type { Log } from '../log.js'

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

  async create(runId: string): Promise<string> {
    await mkdir(this.pathOf(runId), { recursive: true })
    return this.pathOf(runId)
  }

  /** Removes files that are listed no more; what cannot be removed is in the log and in nobody's way. */
  async remove(files: readonly { readonly runId: string; readonly name: string }[]): Promise<void> {
    for (const { runId, name } of files) {
      await rm(this.pathOf(runId, name), { force: true }).catch((error: unknown) => {
        this.#log.warn({ err: error, runId, name }, 'file that is of no more use cannot be removed')
      })
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

  /** Finishes what a crash interrupted: puts back the folders of runs that still exist and deletes the others. */
  async sweepTrash(exists: (runId: string) => Promise<boolean>): Promise<void> {
    for (const id of await readdir(this.#trash)) {
      if (await exists(id)) await rename(join(this.#trash, id), this.pathOf(id))
      else await rm(join(this.#trash, id), { recursive: true, force: true })
    }
  }
}

function ignoreMissing<Fallback>(fallback: Fallback): (error: NodeJS.ErrnoException) => Fallback {
  return (error) => {
    if (error.code === 'ENOENT') return fallback
    throw error
  }
}
