import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { CurveCache } from './api/graphql/CurveCache.js'
import { createApp } from './api/http/createApp.js'
import { openPort, serve } from './api/http/openPort.js'
import { serveSubscriptions } from './api/http/serveSubscriptions.js'
import { RunFolders } from './artifacts/RunFolders.js'
import { BaselineQueue } from './baselines/BaselineQueue.js'
import { BaselineStore } from './baselines/BaselineStore.js'
import { Database } from './database/Database.js'
import { migrate } from './database/migrate.js'
import { openDataFolder } from './database/openDataFolder.js'
import { DatasetShelf } from './datasets/DatasetShelf.js'
import { EmbeddedRunQueue } from './execution/EmbeddedRunQueue.js'
import type { RunQueue } from './execution/RunQueue.js'
import { ExperimentStore } from './experiments/ExperimentStore.js'
import type { Lab } from './Lab.js'
import type { Log } from './log.js'
import { EngineShelf } from './machine/EngineShelf.js'
import { EstimateShelf } from './machine/EstimateShelf.js'
import { ModelCache } from './models/ModelCache.js'
import { ModelExporter } from './models/ModelExporter.js'
import { packageJsonPath } from './projectPaths.js'
import { launchDemo } from './runs/launchDemo.js'
import { RunSignals } from './runs/RunSignals.js'
import { RunStore } from './runs/RunStore.js'
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
  const migrations = await migrate(folder.databasePath)
  if (migrations.length > 0) log.info({ migrations }, 'migrations applied')
  const database = new Database(folder.databasePath)
  const signals = new RunSignals()
  const store = new RunStore(database, signals)
  const folders = new RunFolders(folder, log)
  const { maxRuns, threads, analysis } = settings
  const version = await readVersion()
  const { componentsFolder } = folder
  const estimates = new EstimateShelf({
    dataFolder: settings.dataFolder,
    threads,
    version,
    log,
    analyzes: analysis,
    isTraining: () => queue.isTraining(),
  })
  const onTraining = () => estimates.interrupt()
  const queue: RunQueue = new EmbeddedRunQueue({
    store,
    signals,
    folders,
    log,
    maxRuns,
    threads,
    analysis,
    componentsFolder,
    onTraining,
  })
  const lab: Lab = {
    settings,
    version,
    log,
    database,
    store,
    experiments: new ExperimentStore(database, signals),
    signals,
    folders,
    queue,
    baselines: new BaselineQueue({ store: new BaselineStore(database, signals), log, componentsFolder }),
    datasets: new DatasetShelf(),
    engines: new EngineShelf(),
    estimates,
    models: new ModelCache(folders),
    exporter: new ModelExporter(folders),
    curves: new CurveCache(database.read),
  }
  const app = await createApp(lab)
  const http = await openPort(settings)
  await folders.sweepTrash((id) => store.exists(id))
  await lab.queue.start()
  if (settings.demo && (await store.isEmpty())) await launchDemo(lab)
  lab.baselines.wake()
  serve(http, app.handler)
  const closeSockets = serveSubscriptions(http, lab)

  return {
    port: (http.address() as AddressInfo).port,
    close: async () => {
      await Promise.all([lab.queue.close(), lab.baselines.close(), lab.engines.close(), lab.estimates.close()])
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
