import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../database/openDataFolder.js'
import type { Log } from '../log.js'
import { artifactPath, runFiles } from './runFiles.js'

export interface RunFileInfo {
  /** Path in the run's folder, with `/` between its parts. */
  readonly name: string
  readonly bytes: number
}

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

  pathOf(runId: string): string {
    return join(this.root, runId)
  }

  async create(runId: string): Promise<string> {
    await mkdir(this.pathOf(runId), { recursive: true })
    return this.pathOf(runId)
  }

  /** Lists the files of a run by name; without those that are being written. */
  async list(runId: string): Promise<RunFileInfo[]> {
    const folder = this.pathOf(runId)
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(ignoreMissing([]))
    const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp') && entry.name !== runFiles.nextResume)
    const infos = await Promise.all(
      files.map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const bytes = (await stat(path).catch(ignoreMissing(null)))?.size
        const name = path.slice(folder.length + 1).replaceAll('\\', '/')
        return bytes === undefined ? [] : [{ name, bytes }]
      }),
    )
    return infos.flat().sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Puts the training state of the epoch just stored in the place of the one before. */
  async keepNextResume(runId: string): Promise<void> {
    const folder = this.pathOf(runId)
    await rename(artifactPath(folder, runFiles.nextResume), artifactPath(folder, runFiles.resume)).catch(ignoreMissing(undefined))
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
