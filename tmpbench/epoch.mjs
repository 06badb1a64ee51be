import { mkdtempSync, rmSync } from 'node:fs'
import { completeRunConfig } from '@hourglass/autoencoders'
const d = '../apps/server/dist/'
const { Database } = await import(d + 'database/Database.js'); const { migrate } = await import(d + 'database/migrate.js'); const { openDataFolder } = await import(d + 'database/openDataFolder.js'); const { RunRecorder } = await import(d + 'runs/RunRecorder.js'); const { RunSignals } = await import(d + 'runs/RunSignals.js')
const path = mkdtempSync('/tmp/epoch-'); const folder = await openDataFolder(path); await migrate(folder)
const database = new Database(folder.databasePath); const recorder = new RunRecorder({ database, signals: new RunSignals(), removeFiles: async () => {} })
const { id } = await recorder.launch({ name: 'x', config: completeRunConfig({ training: { epochs: 1000 } }), trainCount: 10, testCount: 10, client: '' })
const run = await recorder.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING', data: { attempt: 1 } })
const values = Object.fromEntries(['trainLoss','validationLoss','validationMeanSquaredError','validationReconstructionError','peakSignalToNoiseRatio','meanActivation','activeUnitShare','seconds','imagesPerSecond'].map((n, i) => [n, i + Math.random()]))
const name = (e, n) => n.replace('#', String(e).padStart(4, '0'))
const art = (e) => [['checkpoint', 'checkpoints/#.safetensors'], ['codes', 'codes/#.safetensors'], ['reconstructions', 'reconstructions/#.png'], ['resume', 'resume/#.safetensors']].map(([type, n], i) => ({ type, name: name(e, n), bytes: 1000, sha256: 'a'.repeat(64), mediaType: 'x/y', ...(i < 3 ? { pack: { name: 'packs/0001.pack', offset: e * 4000 + i * 1000 } } : {}) }))
const times = []
const c0 = process.cpuUsage()
for (let e = 1; e <= 300; e++) { const t = performance.now(); await recorder.report({ runId: id, number: 1 }, { type: 'epoch', epoch: e, finishedAt: new Date().toISOString(), values, artifacts: art(e) }); times.push(performance.now() - t) }
const c = process.cpuUsage(c0)
times.sort((a, b) => a - b); console.log('p50', times[150].toFixed(2), 'p95', times[285].toFixed(2), 'cpu/epoch', ((c.user + c.system) / 300000).toFixed(2), 'ms')
await database.close(); rmSync(path, { recursive: true }); process.exit()
