import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { SeriesPoint } from '../apps/server/src/database/SeriesPoint.js'
import { readChunk } from '../apps/server/src/database/seriesChunk.js'
import { numbersOfLatest } from '../apps/server/src/runs/readLatest.js'
import { makeDataFolder, TestServer } from '../apps/server/test/startServer.js'

const generator = fileURLToPath(new URL('bench/generateRuns.mjs', import.meta.url))
const RUNS = 24

/** Fills a folder with a few runs, of which some diverge. */
async function generate(folder: string, ...options: string[]): Promise<void> {
  const counts = ['--runs', String(RUNS), '--epochs', '10', '--experiments', '2', '--seed', '5']
  await promisify(execFile)(process.execPath, [generator, '--folder', folder, ...counts, ...options])
}

describe('a data folder of generated runs', () => {
  it('has the rows that the server’s recorder writes of the same runs', async () => {
    await using generated = await makeDataFolder()
    await using recorded = await makeDataFolder()
    await generate(generated.path)
    await generate(recorded.path, '--recorded')
    const [rows, expected] = [readRows(generated.path), readRows(recorded.path)]
    expect(Object.keys(rows)).toEqual(Object.keys(expected))
    for (const [table, list] of Object.entries(expected)) expect(rows[table], table).toEqual(list)
    expect(rows.Run).toHaveLength(RUNS)
    const losses = (rows.SeriesChunk as SeriesRow[]).flatMap(({ points }) => points.map(({ values }) => values.validationLoss))
    expect(losses.some(Number.isNaN), 'that a run diverges').toBe(true)
  })

  it('opens as any other: its runs, their curves and its experiments are there', async () => {
    await using folder = await makeDataFolder()
    await generate(folder.path)
    await using server = await TestServer.start(folder.path)
    const { runs, experiments } = await server.data<{ runs: Page<GeneratedRun>; experiments: Page<GeneratedExperiment> }>(`{
      runs(first: 50) { totalCount nodes { status config { training { epochs } } summary { epochs epochsCompleted bestValidationLoss } metrics { epoch } } }
      experiments(first: 5) { totalCount nodes { name runs { label status } } }
    }`)
    expect(runs.totalCount).toBe(RUNS)
    for (const { status, config, summary, metrics } of runs.nodes) {
      expect(metrics.map(({ epoch }) => epoch)).toEqual(Array.from({ length: summary.epochsCompleted }, (_, place) => place + 1))
      expect(config?.training.epochs).toBe(summary.epochs)
      if (status === 'COMPLETED') expect(summary.epochsCompleted).toBe(summary.epochs)
      else expect(['FAILED', 'STOPPED']).toContain(status)
    }
    expect(experiments.totalCount).toBe(2)
    for (const { runs: members } of experiments.nodes) expect(members.length).toBeGreaterThan(0)
  })
})

interface Page<Node> {
  readonly totalCount: number
  readonly nodes: readonly Node[]
}

interface GeneratedRun {
  readonly status: string
  readonly config: { readonly training: { readonly epochs: number } } | null
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number; readonly bestValidationLoss: number | null }
  readonly metrics: readonly { readonly epoch: number }[]
}

interface GeneratedExperiment {
  readonly name: string
  readonly runs: readonly { readonly label: string; readonly status: string }[]
}

interface SeriesRow {
  readonly points: readonly SeriesPoint[]
}

type Rows = Readonly<Record<string, readonly unknown[]>>

/** Reads every table; ids of names, the order of a JSON object's keys and the time of a baseline are nobody's. */
function readRows(folder: string): Rows {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    const all = (sql: string) => database.prepare<[], Record<string, unknown>>(sql).all()
    const parsed = (row: Record<string, unknown>, ...names: string[]) => ({
      ...row,
      ...Object.fromEntries(names.map((name) => [name, JSON.parse(String(row[name]))])),
    })
    return {
      Run: all('SELECT * FROM Run ORDER BY number').map((row) => ({
        ...parsed(row, 'config'),
        latest: row.latest && numbersOfLatest(row.latest as Uint8Array),
      })),
      Experiment: all('SELECT * FROM Experiment ORDER BY number'),
      LabEvent: all('SELECT * FROM LabEvent ORDER BY seq').map((row) => parsed(row, 'payload')),
      RunValue: all('SELECT runNumber, name, number, text FROM RunValue JOIN ValueKey ON id = keyId ORDER BY runNumber, name'),
      SeriesChunk: all('SELECT * FROM SeriesChunk ORDER BY runNumber, first').map(({ data, ...row }) => ({
        ...row,
        points: pointsOf(data as Uint8Array),
      })),
      Artifact: all('SELECT * FROM Artifact ORDER BY runNumber, name'),
      PcaBaseline: all(
        'SELECT id, dataset, trainCount, validationCount, testCount, selection, corruption, codeSize, components, isWhole, meanSquaredError, validationMeanSquaredError FROM PcaBaseline ORDER BY id',
      ),
    }
  } finally {
    database.close()
  }
}

function pointsOf(chunk: Uint8Array): readonly SeriesPoint[] {
  const read = readChunk(chunk)
  if ('problem' in read) throw new Error(read.problem)
  return read.value
}
