import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pLimit from 'p-limit'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { UNFINISHED } from '../artifacts/sweepUnfinished.js'
import { createId } from '../createId.js'
import type { Database } from '../database/Database.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { ForkedWorker } from '../processes/ForkedWorker.js'
import { importerPath } from '../projectPaths.js'
import type { Run } from '../runs/RunReader.js'
import type { RunSignals } from '../runs/RunSignals.js'
import type { Selection } from '../upkeep/copySelection.js'
import { type Archive, type ArchiveReport, archiveReportSchema } from './ArchiveRows.js'
import { ARCHIVE_NICENESS, type ArchiveLimits, archiveLimits, inWords, MIB } from './archiveLimits.js'
import { requireSpace } from './freeSpace.js'
import { ImporterWatch, needsMoreMemory } from './ImporterWatch.js'
import { noteAdoption, recordArchive, requireNew, takeBackAdoption } from './recordArchive.js'
import { startPacking } from './startPacking.js'

export interface ArchivesOptions {
  readonly dataFolder: string
  /** Folder on the data folder's disk for what is being packed and unpacked. */
  readonly workFolder: string
  readonly databasePath: string
  readonly database: Pick<Database, 'read' | 'write' | 'lend'>
  readonly folders: RunFolders
  readonly signals: RunSignals
  readonly log: Log
  /** How long a process that packs or records may be silent and use no processor before it is ended, in seconds. @default 60 */
  readonly silentSeconds?: number
  /** What an archive may have and cost. @default {@link archiveLimits} */
  readonly limits?: Partial<ArchiveLimits>
}

export interface Imported {
  readonly runs: readonly Run[]
  /** Its id and name, where the archive is one of an experiment. */
  readonly experiment: { readonly id: string; readonly name: string } | null
  /** Files that were missing or damaged where it was made. */
  readonly lostFiles: number
}

/** An archive lies on the disk beside what it holds. */
const COPIES = 2
const SILENT_SECONDS = 60
/** How often the disk is looked at while an archive arrives, in bytes. */
const LOOK_EVERY = 32 * 1024 ** 2

/** Packs runs and experiments for other labs, and takes in what others have packed, all in processes of their own: this one does nothing that grows with an archive. */
export class Archives {
  readonly #options: ArchivesOptions
  readonly #limits: ArchiveLimits
  readonly #silentSeconds: number
  /** Each may take its share of memory and disk. */
  readonly #opening = pLimit(1)
  /** Between looking whether runs are new and recording them nobody else may do the same. */
  readonly #one = pLimit(1)

  constructor(options: ArchivesOptions) {
    this.#options = options
    this.#limits = { ...archiveLimits, ...options.limits }
    this.#silentSeconds = options.silentSeconds ?? SILENT_SECONDS
  }

  /** Removes what a crash left. */
  async sweep(): Promise<void> {
    const { workFolder, database, folders, log } = this.#options
    const names = await readdir(workFolder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const name of names) {
      await takeBackAdoption(join(workFolder, name), { database, folders })
      const path = join(workFolder, name)
      await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
        log.warn({ err: error, path }, 'what an archive has left cannot be removed')
      })
    }
  }

  /** Packs a run or an experiment, as {@link startPacking} does. */
  pack(selection: Selection, signal: AbortSignal): Promise<Readable> {
    const { dataFolder, workFolder, log } = this.#options
    return startPacking({ dataFolder, workFolder, log, selection, signal, silentSeconds: this.#silentSeconds })
  }

  /**
   * Takes in an archive, all of it or nothing. Throws BAD_USER_INPUT where it is none that this version can read or it is too large, DISK_FULL where there is no
   * room for it, ALREADY_HERE where the lab has what it holds.
   * @param bytes Its size, where that is known before.
   */
  async import(archive: Readable, bytes = 0): Promise<Imported> {
    const { workFolder, databasePath, database, folders, signals, log } = this.#options
    if (bytes > this.#limits.archive) throw this.#tooLarge(bytes)
    const folder = join(workFolder, `${createId()}${UNFINISHED}`)
    await mkdir(folder, { recursive: true })
    try {
      await requireSpace(folder, COPIES * bytes, this.#limits.free)
      const path = join(folder, 'archive.tar')
      // A pipeline that fails ends what it reads from, and with the request the only way to say why.
      await pipeline(archive.iterator({ destroyOnReturn: false }), this.#bound(folder), createWriteStream(path))
      const portions = join(folder, 'portions')
      const read = await this.#opening(() => this.#read({ archive: path, folder, portions }))
      const runs = await this.#one(async () => {
        await requireNew(database.read, read)
        await noteAdoption(folder, read)
        const staging = join(folder, 'staged.db')
        const record = () => recordArchive({ database, databasePath, portions, staging, archive: read, silentSeconds: this.#silentSeconds })
        return folders.adopt(read.runs, join(folder, 'data', 'runs'), record)
      })
      const [experiment] = read.experiments
      for (const { id } of runs) signals.emit(id, 'created')
      if (experiment) signals.emitExperiment(experiment.id, 'created')
      log.info({ runs: read.runs, experiment: experiment?.id, lostFiles: read.lostFiles }, 'archive imported')
      return { runs, experiment: experiment ?? null, lostFiles: read.lostFiles }
    } finally {
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
        log.warn({ err: error }, 'unpacked archive cannot be removed'),
      )
    }
  }

  /** Ends an archive that is too large, or for which there is no room. */
  #bound(folder: string): Transform {
    const { archive, free } = this.#limits
    const tooLarge = (bytes: number) => this.#tooLarge(bytes)
    let bytes = 0
    let lookAt = 0
    return new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.byteLength
        if (bytes > archive) return done(tooLarge(bytes))
        if (bytes < lookAt) return done(null, chunk)
        lookAt = bytes + LOOK_EVERY
        // What has arrived is unpacked once all is there.
        requireSpace(folder, bytes + LOOK_EVERY, free).then(() => done(null, chunk), done)
      },
    })
  }

  #tooLarge(bytes: number): HourglassError {
    const most = this.#limits.archive
    return new HourglassError(
      errorCodes.badUserInput,
      `archive: expected at most ${inWords(most)} bytes, got ${inWords(bytes)} or more. Nothing was imported.`,
    )
  }

  async #read({
    archive,
    folder,
    portions,
  }: {
    readonly archive: string
    readonly folder: string
    readonly portions: string
  }): Promise<Archive> {
    const { dataFolder } = this.#options
    let told: ArchiveReport | undefined
    const worker = new ForkedWorker<never, ArchiveReport>({
      path: importerPath,
      args: [archive, join(folder, 'data'), portions],
      nodeOptions: [`--max-old-space-size=${this.#limits.heap / MIB}`],
      reportSchema: archiveReportSchema,
      niceness: ARCHIVE_NICENESS,
      onReport: async (report) => {
        told = report
      },
    })
    let problem: HourglassError | undefined
    const watch = new ImporterWatch({
      pid: worker.pid,
      folder,
      limits: this.#limits,
      onProblem: (found) => {
        problem = found
        worker.kill()
      },
    })
    const { lastErrorLine, signal } = await worker.ended.finally(() => watch.close())
    if (problem) throw problem
    // So V8 ends a process whose heap is full.
    if (signal === 'SIGABRT') throw needsMoreMemory(this.#limits.heap)
    if (told?.type === 'read') return told.archive
    const ended = (lastErrorLine ?? 'its process was ended').replaceAll(dataFolder, 'data folder')
    throw new HourglassError(errorCodes.badUserInput, `archive: ${told?.message ?? `it could not be read (${ended}).`}`)
  }
}
