import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RunFolders } from '../artifacts/RunFolders.js'
import type { Database, Transaction } from '../database/Database.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { ForkedWorker } from '../processes/ForkedWorker.js'
import { watchIdling } from '../processes/watchIdling.js'
import { adopterPath } from '../projectPaths.js'
import type { Run } from '../runs/RunReader.js'
import { type AdoptionCommand, type AdoptionReport, type Archive, adoptionReportSchema } from './ArchiveRows.js'
import { ARCHIVE_NICENESS } from './archiveLimits.js'

export interface RecordArchiveOptions {
  readonly database: Pick<Database, 'read' | 'lend'>
  readonly databasePath: string
  /** File of its rows, as the process that opened it wrote them. */
  readonly portions: string
  /** Path beside it for what is made of them. */
  readonly staging: string
  readonly archive: Archive
  /** How long its process may use no processor before it is ended, in seconds. */
  readonly silentSeconds: number
}

/** File in the folder of an archive that names the runs whose folders take their places. */
const ADOPTING = 'adopting.json'
const adoptingSchema = z.array(z.string().regex(/^[a-z0-9]{12}$/))

/** Throws ALREADY_HERE where the lab has one of the archive's runs or experiments. */
export async function requireNew(database: Pick<Transaction, 'run' | 'experiment'>, { runs, experiments }: Archive): Promise<void> {
  const experimentIds = experiments.map(({ id }) => id)
  const here = [
    ...(await database.experiment.findMany({ where: { id: { in: experimentIds } }, select: { name: true, id: true } })),
    ...(await database.run.findMany({ where: { id: { in: [...runs] } }, select: { name: true, id: true } })),
  ]
  const [first] = here
  if (!first) return
  throw new HourglassError(
    errorCodes.alreadyHere,
    `Expected runs that this lab does not have, got ${JSON.stringify(first.name)} (${first.id})${here.length > 1 ? ` and ${here.length - 1} more` : ''}, which it has. Nothing was changed; delete what is here for good, also out of the trash, to import it again.`,
    { ids: here.map(({ id }) => id) },
  )
}

/**
 * Records all rows of an archive in one transaction of another process, which is undone by SQLite however that process ends. What this lab has to write
 * queues behind that transaction, for which all is prepared before; what it reads does not. Returns the runs. Throws ARCHIVE_FAILED, or what the store refuses with.
 */
export async function recordArchive(options: RecordArchiveOptions): Promise<readonly Run[]> {
  const { database, databasePath, portions, staging, archive, silentSeconds } = options
  let told: AdoptionReport | undefined
  let tellStaged = () => {}
  const staged = new Promise<void>((resolve) => {
    tellStaged = resolve
  })
  const worker = new ForkedWorker<AdoptionCommand, AdoptionReport>({
    path: adopterPath,
    args: [databasePath, portions, staging, archive.createdAt],
    reportSchema: adoptionReportSchema,
    niceness: ARCHIVE_NICENESS,
    onReport: async (report) => {
      if (report.type === 'staged') tellStaged()
      else told = report
    },
  })
  let hung: string | undefined
  const watch = () =>
    watchIdling({
      pid: worker.pid,
      subject: 'It',
      silentSeconds,
      onProblem: (message) => {
        hung = message
        worker.kill()
      },
    })
  const stopWatching = watch()
  await Promise.race([staged, worker.ended]).finally(stopWatching)
  // Between the two it waits for its turn to write.
  const recording = database.lend(async () => {
    worker.send({ type: 'record' })
    const { lastErrorLine = hung } = await worker.ended.finally(watch())
    if (told?.type === 'recorded') return undefined
    if (told?.type === 'refused') return new HourglassError(told.code, told.message)
    // One that was ended may have been ended behind its last step.
    if (await isHere(database.read, archive)) return undefined
    const why = lastErrorLine === undefined ? '' : ` (${lastErrorLine})`
    return new HourglassError(
      errorCodes.archiveFailed,
      `The archive could not be recorded: its process was ended${why}. Nothing was imported; try again.`,
    )
  })
  const problem = await recording.finally(() => worker.kill())
  if (problem) throw problem
  return database.read.run.findMany({ where: { id: { in: [...archive.runs] } }, orderBy: { number: 'asc' } })
}

async function isHere(database: Pick<Transaction, 'run' | 'experiment'>, { runs, experiments }: Archive): Promise<boolean> {
  const ids = experiments.map(({ id }) => id)
  const found =
    (await database.run.count({ where: { id: { in: [...runs] } } })) + (await database.experiment.count({ where: { id: { in: ids } } }))
  return found > 0
}

/** Notes whose folders are about to take their places, for {@link takeBackAdoption}. */
export async function noteAdoption(folder: string, { runs }: Archive): Promise<void> {
  await writeFile(join(folder, ADOPTING), JSON.stringify(runs))
}

/** Removes the folders of runs whose rows a crash kept from being recorded. */
export async function takeBackAdoption(
  folder: string,
  { database, folders }: { readonly database: Pick<Database, 'write'>; readonly folders: RunFolders },
): Promise<void> {
  const text = await readFile(join(folder, ADOPTING), 'utf8').catch(() => null)
  if (text === null) return
  const noted = adoptingSchema.safeParse(readJson(text))
  if (!noted.success) return
  // Whoever records it still has the database until its transaction is over.
  const known = await database.write((transaction) => transaction.run.findMany({ where: { id: { in: noted.data } }, select: { id: true } }))
  const here = new Set(known.map(({ id }) => id))
  await folders.removeOf(noted.data.filter((id) => !here.has(id)))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The crash came while it was written: no folder had moved.
    return undefined
  }
}
