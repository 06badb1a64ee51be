import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { createApp } from './api/http/createApp.js'
import { makeDoors } from './api/http/Doors.js'
import { openPort, serve } from './api/http/openPort.js'
import { serveSubscriptions } from './api/http/serveSubscriptions.js'
import { ArtifactStore } from './artifacts/ArtifactStore.js'
import { RunFolders } from './artifacts/RunFolders.js'
import { BaselineQueue } from './baselines/BaselineQueue.js'
import { BaselineStore } from './baselines/BaselineStore.js'
import { Database } from './database/Database.js'
import { migrate } from './database/migrate.js'
import { openDataFolder } from './database/openDataFolder.js'
import { DatasetShelf } from './datasets/DatasetShelf.js'
import { EmbeddedRunQueue } from './execution/EmbeddedRunQueue.js'
import type { RunQueue } from './execution/RunQueue.js'
import { ExperimentProgressReader } from './experiments/ExperimentProgressReader.js'
import { ExperimentReader } from './experiments/ExperimentReader.js'
import { ExperimentRecorder } from './experiments/ExperimentRecorder.js'
import type { Lab } from './Lab.js'
import { LabFeeds } from './LabFeeds.js'
import type { Log } from './log.js'
import { EngineShelf } from './machine/EngineShelf.js'
import { RateShelf } from './machine/RateShelf.js'
import { RunEstimator } from './machine/RunEstimator.js'
import { RunTimesReader } from './machine/RunTimesReader.js'
import { ModelCache } from './models/ModelCache.js'
import { ModelExporter } from './models/ModelExporter.js'
import { packageJsonPath } from './projectPaths.js'
import { launchDemo } from './runs/launchDemo.js'
import { RunReader } from './runs/RunReader.js'
import { RunRecorder } from './runs/RunRecorder.js'
import { RunSignals } from './runs/RunSignals.js'
import { CurveCache } from './runs/series/CurveCache.js'
import type { Settings } from './Settings.js'

export interface LabServer {
  /** Port that it listens on. */
  readonly port: number
  /** Interrupts runs so that the next start continues them, then closes everything. */
  close(): Promise<void>
}

/** Starts the lab: opens its data, continues what the last stop interrupted, listens. Throws a StartupError where a setting is in the way. */
export async function createServer(settings: Settings, log: Log): Promise<LabServer> {
  const folder = await openDataFolder(settings.dataFolder)
  const migrations = await migrate(folder)
  if (migrations.length > 0) log.info({ migrations }, 'migrations applied')
  const database = new Database(folder.databasePath)
  const signals = new RunSignals()
  const folders = new RunFolders(folder, log)
  const artifacts = new ArtifactStore(database, folders)
  const runs = new RunReader(database)
  const recorder = new RunRecorder({ database, signals, removeFiles: (files) => folders.remove(files) })
  const { maxRuns, threads, analysis } = settings
  const version = await readVersion()
  const { componentsFolder: cacheFolder } = folder
  const rate = new RateShelf({ threads, cacheFolder, log, isTraining: () => queue.isTraining() })
  const onTraining = () => rate.interrupt()
  const queue: RunQueue = new EmbeddedRunQueue({
    runs,
    recorder,
    signals,
    artifacts,
    folders,
    log,
    maxRuns,
    threads,
    analysis,
    cacheFolder,
    onTraining,
  })
  const times = new RunTimesReader(database.read)
  const estimator = new RunEstimator({ times, rate, analyzes: analysis })
  const lab: Lab = {
    settings,
    version,
    log,
    database,
    runs,
    recorder,
    experiments: new ExperimentReader(database),
    experimentRecorder: new ExperimentRecorder(recorder, signals),
    signals,
    feeds: new LabFeeds({ database, runs, signals, progressOf: (id) => queue.progressOf(id) }),
    folders,
    artifacts,
    queue,
    baselines: new BaselineQueue({ store: new BaselineStore(database, recorder), log, cacheFolder }),
    datasets: new DatasetShelf(),
    engines: new EngineShelf(cacheFolder),
    estimator,
    experimentProgress: new ExperimentProgressReader({ estimator, queue, slots: maxRuns }),
    models: new ModelCache(artifacts),
    exporter: new ModelExporter(artifacts),
    curves: new CurveCache(database.read),
  }
  const doors = makeDoors(settings, log)
  const app = await createApp(lab, doors)
  const http = await openPort(settings)
  await folders.sweepTrash((id) => runs.exists(id))
  await lab.queue.start()
  if (settings.demo && (await runs.isEmpty())) await launchDemo(lab)
  lab.baselines.wake()
  serve(http, app.handler)
  const closeSockets = serveSubscriptions(http, lab, doors)

  return {
    port: (http.address() as AddressInfo).port,
    close: async () => {
      await Promise.all([lab.queue.close(), lab.baselines.close(), lab.engines.close(), rate.close()])
      await closeSockets()
      const closed = new Promise((resolve) => http.close(resolve))
      http.closeAllConnections()
      await closed
      await app.close()
      await database.close()
      folder.release()
    },
  }
}

async function readVersion(): Promise<string> {
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageJsonPath, 'utf8'))).version
}
