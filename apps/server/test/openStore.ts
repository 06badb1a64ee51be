import { completeRunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { pino } from 'pino'
import { beginLab } from '../../../test/harness/labFolder.mjs'
import { ArtifactStore } from '../src/artifacts/ArtifactStore.js'
import { RunFolders } from '../src/artifacts/RunFolders.js'
import { Database, type DatabaseOptions } from '../src/database/Database.js'
import { migrate } from '../src/database/migrate.js'
import { openDataFolder } from '../src/database/openDataFolder.js'
import { ExperimentReader } from '../src/experiments/ExperimentReader.js'
import { ExperimentRecorder } from '../src/experiments/ExperimentRecorder.js'
import { LabFeeds } from '../src/LabFeeds.js'
import { QueuePlaces } from '../src/runs/queue/QueuePlaces.js'
import { RunReader } from '../src/runs/RunReader.js'
import { RunRecorder } from '../src/runs/RunRecorder.js'
import { RunSignals } from '../src/runs/RunSignals.js'
import { makeDataFolder } from './startServer.js'

const log = pino({ enabled: false })

/** A store with everything that reads and records: an empty one, which goes with it, or that of a folder. */
export async function openStore(path?: string, options: DatabaseOptions = {}) {
  const data = path === undefined ? await makeDataFolder() : { path, [Symbol.asyncDispose]: async () => undefined }
  await beginLab(data.path)
  const folder = await openDataFolder(data.path)
  await migrate(folder)
  const database = new Database(folder.databasePath, options)
  const signals = new RunSignals()
  const folders = new RunFolders(folder, log)
  const artifacts = new ArtifactStore(database, folders)
  const runs = new RunReader(database)
  const queuePlaces = new QueuePlaces(database.read)
  const recorder = new RunRecorder({ database, signals, removeFiles: (files) => folders.remove(files) })
  return {
    folder,
    database,
    signals,
    folders,
    artifacts,
    runs,
    recorder,
    queuePlaces,
    feeds: new LabFeeds({ database, runs, signals, queuePlaces, progressOf: () => undefined }),
    experiments: new ExperimentReader(database),
    experimentRecorder: new ExperimentRecorder(recorder, signals),
    launch: (name = 'Queued', config: RunConfigInput = {}, client = '') =>
      recorder.launch({
        name,
        config: completeRunConfig(config),
        trainCount: 10,
        validationCount: 10,
        testCount: 10,
        selection: 'random',
        client,
      }),
    /** Launches a run and gives it to a worker. */
    start: async (name = 'Started', config: RunConfigInput = {}) => {
      const { id } = await recorder.launch({
        name,
        config: completeRunConfig(config),
        trainCount: 10,
        validationCount: 10,
        testCount: 10,
        selection: 'random',
        client: '',
      })
      const run = await recorder.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING', data: { attempt: 1 } })
      if (!run) throw new Error('the run cannot be started')
      return { run, attempt: { runId: id, number: run.attempt } }
    },
    [Symbol.asyncDispose]: async () => {
      await database.close()
      folder.release()
      await data[Symbol.asyncDispose]()
    },
  }
}

export type OpenStore = Awaited<ReturnType<typeof openStore>>

/** Report of an epoch as a worker writes it. */
export function epochReport(epoch: number, values: Readonly<Record<string, number | null>> = {}) {
  return { type: 'epoch' as const, epoch, finishedAt: new Date().toISOString(), values: { ...values }, artifacts: [] }
}
