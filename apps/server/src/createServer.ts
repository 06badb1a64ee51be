import type { AddressInfo } from 'node:net'
import { createApp } from './api/http/createApp.js'
import { makeDoors } from './api/http/Doors.js'
import { openPort } from './api/http/openPort.js'
import { serveSubscriptions } from './api/http/serveSubscriptions.js'
import { Archives } from './archives/Archives.js'
import { ArtifactStore } from './artifacts/ArtifactStore.js'
import { RunFolders } from './artifacts/RunFolders.js'
import { sweepUnfinished } from './artifacts/sweepUnfinished.js'
import { BaselineQueue } from './baselines/BaselineQueue.js'
import { BaselineStore } from './baselines/BaselineStore.js'
import { Launchers } from './clients/Launchers.js'
import { Database } from './database/Database.js'
import { openIdentity } from './database/labIdentity.js'
import { migrate } from './database/migrate.js'
import { type DataFolder, openDataFolder } from './database/openDataFolder.js'
import { requireRestored } from './database/unfinishedRestore.js'
import { DatasetShelf } from './datasets/DatasetShelf.js'
import { EmbeddedRunQueue } from './execution/EmbeddedRunQueue.js'
import { purgeExperiments } from './experiments/controlExperiment.js'
import { ExperimentProgressReader } from './experiments/ExperimentProgressReader.js'
import { ExperimentReader } from './experiments/ExperimentReader.js'
import { ExperimentRecorder } from './experiments/ExperimentRecorder.js'
import { SearchKeeper } from './experiments/SearchKeeper.js'
import { LabHealth } from './health/LabHealth.js'
import { LabMetrics } from './health/LabMetrics.js'
import { unreadSettings } from './health/unreadSettings.js'
import type { Lab } from './Lab.js'
import { LabFeeds } from './LabFeeds.js'
import type { Log } from './log.js'
import { EngineShelf } from './machine/EngineShelf.js'
import { freeMemory } from './machine/freeMemory.js'
import { HeapTrimmer } from './machine/HeapTrimmer.js'
import { memoryOfRuns } from './machine/memoryOfRuns.js'
import { RateShelf } from './machine/RateShelf.js'
import { RunEstimator } from './machine/RunEstimator.js'
import { RunTimesReader } from './machine/RunTimesReader.js'
import { CodedExamples } from './models/CodedExamples.js'
import { LatentSpaces } from './models/LatentSpaces.js'
import { ModelProcess } from './models/ModelProcess.js'
import { OnnxFiles } from './models/OnnxFiles.js'
import { StoredExamples } from './models/StoredExamples.js'
import { StoredModels } from './models/StoredModels.js'
import { readBuild } from './readBuild.js'
import { purgeReports } from './reports/reports.js'
import { launchDemo } from './runs/launchDemo.js'
import { newestSeq } from './runs/newestSeq.js'
import { QueuePlaces } from './runs/queue/QueuePlaces.js'
import type { RunQueue } from './runs/queue/RunQueue.js'
import { RunReader } from './runs/RunReader.js'
import { RunRecorder } from './runs/RunRecorder.js'
import { RunSignals } from './runs/RunSignals.js'
import { CurveCache } from './runs/series/CurveCache.js'
import { purgeRuns } from './runs/trash.js'
import type { Settings } from './Settings.js'
import { RetentionKeeper } from './storage/RetentionKeeper.js'
import { SpaceKeeper } from './storage/SpaceKeeper.js'
import { StorageReader } from './storage/StorageReader.js'
import { TrashKeeper } from './storage/TrashKeeper.js'

export interface LabServer {
  /** Port that it listens on. */
  readonly port: number
  /** Interrupts runs so that the next start continues them, then closes everything. */
  close(): Promise<void>
}

/** How long the process that computes with models may be silent and idle, in seconds: people wait for it, as they do not for runs. */
const MODEL_SILENCE = 20
/** How long closing waits for a store that takes nothing, in milliseconds: workers take most of it. */
const CLOSE_PATIENCE = 3_000

/** Starts the lab: opens its data, continues what the last stop interrupted, listens. Throws a StartupError where a setting is in the way. */
export async function createServer(settings: Settings, log: Log): Promise<LabServer> {
  const folder = await openDataFolder(settings.dataFolder)
  await requireRestored(settings.dataFolder)
  const migrations = await migrate(folder, (copy) => log.info({ copy }, 'database copied before it is upgraded'))
  if (migrations.length > 0) log.info({ migrations }, 'migrations applied')
  const patience = settings.storePatience * 1000
  const database = new Database(folder.databasePath, {
    patience,
    onRefusal: (error) => {
      metrics.storeRefused()
      log.debug({ err: error }, 'store refuses a write')
    },
  })
  database.state.listen(() => {
    const { waiting } = database.state
    if (waiting) log.warn({ code: waiting.code, since: waiting.since, reason: waiting.reason }, 'writes wait for the store')
    else log.info('writes wait no more')
  })
  const build = await readBuild()
  const signals = new RunSignals()
  const folders = new RunFolders(folder, log)
  const artifacts = new ArtifactStore(database, folders)
  const runs = new RunReader(database, log)
  const recorder = new RunRecorder({ database, signals, removeFiles: (files) => folders.remove(files), build })
  const queuePlaces = new QueuePlaces(database.read)
  const datasets = new DatasetShelf()
  const archives = new Archives({
    dataFolder: settings.dataFolder,
    workFolder: folder.archivesFolder,
    databasePath: folder.databasePath,
    database,
    folders,
    signals,
    silentSeconds: settings.workerSilence,
    log,
  })
  const { maxRuns, threads, analysis } = settings
  const { version } = build
  const retention = { bytes: settings.retentionBytes, epochs: settings.retentionEpochs }
  const { componentsFolder: cacheFolder } = folder
  const tasks = { cacheFolder, silentSeconds: settings.workerSilence }
  const rate = new RateShelf({ threads, tasks, log, isTraining: () => queue.isTraining() })
  const doors = makeDoors(settings, log)
  const memory = memoryOfRuns(settings)
  const onTraining = () => rate.interrupt()
  const estimator = new RunEstimator({ times: new RunTimesReader(database.read), rate, analyzes: analysis })
  const queue: RunQueue = new EmbeddedRunQueue({
    runs,
    recorder,
    signals,
    store: database.state,
    patience,
    artifacts,
    folders,
    log,
    maxRuns,
    threads,
    retention,
    freeMemory: settings.waitForMemory ? freeMemory : () => Number.POSITIVE_INFINITY,
    analysis,
    limits: { silentSeconds: settings.workerSilence, memoryBytes: memory.runBytes },
    estimator,
    cacheFolder,
    onTraining,
  })
  const modelProcess = new ModelProcess({ log, gate: doors.gate, silentSeconds: Math.min(MODEL_SILENCE, settings.workerSilence) })
  const models = new StoredModels(artifacts, modelProcess)
  const metrics = new LabMetrics({
    version,
    runs: async () => {
      const [queued, running] = await Promise.all([runs.countByStatus('QUEUED'), runs.countByStatus('RUNNING')])
      return { queued, running }
    },
    events: () => newestSeq(database.read),
    store: database.state,
    workers: () => queue.workerMemory(),
    openSockets: () => doors.gate.openOf('sockets'),
    openSubscriptions: () => doors.gate.openOf('subscriptions'),
    unreadBytes: () => doors.output.unreadBytes,
  })
  doors.output.onDropped = () => metrics.readerDropped()
  const lab: Lab = {
    settings,
    version,
    commit: build.commit,
    identity: openIdentity(folder.identityPath),
    log,
    database,
    health: new LabHealth({
      databasePath: folder.databasePath,
      dataFolder: settings.dataFolder,
      runs,
      store: database.state,
      workers: queue,
      isModelProcessHanging: () => modelProcess.isHanging,
      unreadSettings: () => unreadSettings(database.read),
      log,
    }),
    metrics,
    runs,
    recorder,
    experiments: new ExperimentReader(database),
    experimentRecorder: new ExperimentRecorder(recorder, signals),
    signals,
    feeds: new LabFeeds({ database, runs, signals, queuePlaces, progressOf: (id) => queue.progressOf(id) }),
    folders,
    artifacts,
    archives,
    queue,
    queuePlaces,
    baselines: new BaselineQueue({ store: new BaselineStore(database, recorder), log, tasks }),
    datasets,
    engines: new EngineShelf(tasks),
    estimator,
    memory,
    launchers: Launchers.open(folder.launcherSecretPath),
    clientLimits: doors.gate.limits,
    experimentProgress: new ExperimentProgressReader({ estimator, queue, slots: maxRuns }),
    searches: new SearchKeeper({ database, recorder, signals, onQueued: () => queue.wake(), log }),
    models,
    latentSpaces: new LatentSpaces({ artifacts, models, process: modelProcess }),
    onnxFiles: new OnnxFiles({ artifacts, process: modelProcess, folder: folder.onnxFolder, log }),
    codedExamples: new CodedExamples({
      artifacts,
      process: modelProcess,
      folder: folder.codesFolder,
      mostBytes: settings.codesBytes,
      log,
    }),
    examples: new StoredExamples(modelProcess),
    curves: new CurveCache(database.read),
    storage: new StorageReader(database, folder),
    retention: new RetentionKeeper({ database, recorder, folders, retention, log, onApplied: () => void lab.space.wake() }),
    space: new SpaceKeeper(folder.databasePath, log),
    trash: new TrashKeeper({
      read: database.read,
      days: settings.trashDays,
      log,
      purge: async ({ experiments, runs: due, reports }) => {
        if (experiments.length > 0) await purgeExperiments(lab, experiments)
        if (due.length > 0) await purgeRuns(lab, due)
        if (reports.length > 0) {
          await purgeReports(database, reports)
          void lab.space.wake()
        }
      },
    }),
  }
  const app = await createApp(lab, doors)
  const port = await openPort(settings, { log: (told) => log.warn(told, 'connections refused or ended') })
  const http = port.server
  http.on('connection', () => doors.arrivals.note())
  // A connection that cannot be accepted, for want of file handles for example, is that connection's misfortune.
  http.on('error', (error) => log.error({ err: error }, 'connection cannot be accepted'))
  await folders.sweepTrash((id) => runs.exists(id))
  const sweeping = sweepLeftovers(folder, log)
  await lab.onnxFiles.sweep()
  await lab.codedExamples.sweep()
  await archives.sweep()
  const wasApplying = await lab.retention.recover()
  await lab.queue.start()
  lab.searches.wake()
  if (settings.demo && (await runs.isEmpty())) {
    // Before anything trains: who comes first sees how long each experiment takes.
    await rate.measure()
    await launchDemo(lab)
  }
  lab.baselines.wake()
  lab.trash.wake()
  if (wasApplying) lab.retention.begin()
  port.answer = app.handler
  const closeSockets = serveSubscriptions(port, lab, doors)
  const heap = new HeapTrimmer({ onTrimmed: (used) => log.debug(used, 'garbage collected while idle') })

  return {
    port: (http.address() as AddressInfo).port,
    close: async () => {
      lab.health.stop()
      heap.close()
      // What cannot be stored by then is done again at the next start.
      const givingUp = setTimeout(() => database.stopWaiting(), CLOSE_PATIENCE)
      await sweeping.stop()
      await Promise.all([
        lab.trash.close(),
        lab.space.close(),
        lab.retention.close(),
        lab.searches.close(),
        lab.queue.close(),
        lab.baselines.close(),
        lab.engines.close(),
        rate.close(),
        modelProcess.close(),
      ])
      clearTimeout(givingUp)
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

/** Removes what writers left unfinished who died, beside everything else: a lab of many runs has very many files. */
function sweepLeftovers({ runsFolder, componentsFolder }: DataFolder, log: Log): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const swept = sweepUnfinished({ folders: [componentsFolder, runsFolder], before: new Date(), signal: stopping.signal }).then(
    (paths) => {
      if (paths.length > 0) log.info({ paths: paths.slice(0, 20), count: paths.length }, 'unfinished files removed')
    },
    (error: unknown) => log.warn({ err: error }, 'unfinished files cannot be removed'),
  )
  return {
    stop: () => {
      stopping.abort()
      return swept
    },
  }
}
