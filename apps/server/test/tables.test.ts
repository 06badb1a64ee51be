import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeRuns, updateRun } from '../src/runs/changeRuns.js'
import { keepTexts, nameColumns } from '../src/runs/RunTexts.js'
import { readScope } from '../src/runs/runFilter.js'
import { configValues, metricValues, setRunValues } from '../src/runs/runValues.js'
import { readTable } from '../src/runs/tables/readTable.js'
import { tableColumns } from '../src/runs/tables/tableColumns.js'
import { writeCsv } from '../src/runs/tables/writeCsv.js'
import { writeParquet } from '../src/runs/tables/writeParquet.js'
import { openStore } from './openStore.js'
import { makeDataFolder, TestServer } from './startServer.js'

const RUNS = 450
const names = ['plain', 'comma, "quote"', '=HYPERLINK("x")', 'Übergröße\u00a0', '-1.5e-3', '2 lines']
const nameOf = (index: number) => `${names[index % names.length]}`

describe('a table of runs', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>

  beforeAll(async () => {
    folder = await makeDataFolder()
    await using store = await openStore(folder.path)
    await store.database.write(async (transaction) => {
      for (let index = 0; index < RUNS; index++) {
        const row = { id: `run${String(index).padStart(9, '0')}`, kind: 'elsewhere', config: {}, status: 'COMPLETED' as const }
        const createdAt = new Date(Date.UTC(2026, 10, 1, 0, 0, index))
        const run = await transaction.run.create({ data: { ...row, ...nameColumns(nameOf(index)), createdAt } })
        await keepTexts(transaction, run.number, run)
        const config = { width: index, mixed: index % 2 === 0 ? index : `wide ${index}`, list: [index, 2] }
        const metrics = index % 3 === 0 ? {} : { validationLoss: 1 / (index + 1) }
        await setRunValues(transaction, run.number, new Map([...configValues(config), ...metricValues(metrics)]))
      }
    })
    const { id, number } = await store.runs.requireRun('run000000000')
    await updateRun(store, id, { notes: 'First\nand last' })
    await changeRuns(store, [{ id, number }], { addTags: ['b', 'a'] })
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  const write = async (text: string, format: 'csv' | 'parquet') => {
    await using store = await openStore(folder.path)
    const { read } = store.database
    const scope = await readScope(read, { text })
    const columns = await tableColumns(read, scope)
    const portions = readTable(read, scope, columns)
    const parts: Uint8Array[] = []
    if (format === 'csv') for await (const part of writeCsv(columns, portions)) parts.push(Buffer.from(part))
    else for await (const part of writeParquet(columns, portions)) parts.push(part as Uint8Array)
    return { columns: columns.map(({ name }) => name), bytes: Buffer.concat(parts) }
  }

  it('is CSV with a line for each run and a column for each value that one of them has', async () => {
    const { bytes, columns } = await write('', 'csv')
    const text = bytes.toString('utf8')
    expect(text.startsWith('\uFEFFid,number,name,status,')).toBe(true)
    const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1).trimEnd(), { header: true })
    expect(errors).toEqual([])
    expect(data).toHaveLength(RUNS)
    expect(Object.keys(data[0] ?? {})).toEqual(columns)
    expect(columns).toEqual(
      expect.arrayContaining(['config.width', 'config.mixed', 'config.list', 'metric.validationLoss', 'tag', 'notes']),
    )
    expect(columns).not.toContain('metric.peakSignalToNoiseRatio')
    const [last, first] = [data[0], data.at(-1)]
    expect(last).toMatchObject({ number: String(RUNS), 'config.width': String(RUNS - 1), 'metric.validationLoss': String(1 / RUNS) })
    expect(first).toMatchObject({ notes: 'First\nand last', tag: 'a, b', 'metric.validationLoss': '', created: '2026-11-01T00:00:00.000Z' })
    expect(data.map(({ name }) => name?.replace(/^'/, '')).reverse()).toEqual(Array.from({ length: RUNS }, (_, index) => nameOf(index)))
    // A spreadsheet takes none of it for a formula; a number stays one.
    expect(new Set(data.map(({ name }) => name))).toContain(`'=HYPERLINK("x")`)
    expect(new Set(data.map(({ name }) => name))).toContain('-1.5e-3')
  })

  it('is Parquet that another program reads: the same runs, numbers as numbers, times as times', async () => {
    const { bytes, columns } = await write('width >= 10', 'parquet')
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(RUNS - 10)
    expect(Object.keys(rows[0] ?? {})).toEqual(columns)
    expect(columns).not.toContain('notes')
    for (const [place, row] of rows.entries()) {
      const index = RUNS - 1 - place
      expect(row).toMatchObject({
        id: `run${String(index).padStart(9, '0')}`,
        number: index + 1,
        name: nameOf(index),
        'config.width': index,
        'config.mixed': index % 2 === 0 ? String(index) : `wide ${index}`,
        'metric.validationLoss': index % 3 === 0 ? null : 1 / (index + 1),
        created: new Date(Date.UTC(2026, 10, 1, 0, 0, index)),
      })
    }
    expect((await write('nothing', 'parquet')).bytes.subarray(0, 4).toString()).toBe('PAR1')
  })

  const python = process.env.HOURGLASS_PYTHON ?? 'python3'
  it.runIf(hasPandas(python))('is what pandas reads without options, the same from both', async () => {
    const place = await mkdtemp(join(tmpdir(), 'hourglass-table-'))
    try {
      for (const format of ['csv', 'parquet'] as const) await writeFile(join(place, `runs.${format}`), (await write('', format)).bytes)
      const script = `
import json, pandas
csv, parquet = pandas.read_csv("runs.csv"), pandas.read_parquet("runs.parquet")
assert list(csv.columns) == list(parquet.columns), (list(csv.columns), list(parquet.columns))
assert (csv["id"] == parquet["id"]).all()
print(json.dumps([len(csv), float(csv["metric.validationLoss"].sum()), float(parquet["metric.validationLoss"].sum()), str(parquet["created"].dtype), str(csv["config.width"].dtype)]))`
      const printed = execFileSync(python, ['-c', script], { cwd: place, encoding: 'utf8' })
      const [count, sum, other, created, width] = JSON.parse(printed) as [number, number, number, string, string]
      expect(count).toBe(RUNS)
      expect(sum).toBeCloseTo(other, 12)
      expect(created).toMatch(/^datetime64/)
      expect(width).toBe('int64')
    } finally {
      await rm(place, { recursive: true })
    }
  })

  it('leaves over HTTP, and is refused where the query is wrong', async () => {
    await using server = await TestServer.start(folder.path)
    const get = (path: string, init?: RequestInit) => fetch(`${server.url}/tables/${path}`, { headers: { connection: 'close' }, ...init })
    const csv = await get(`runs.csv?${new URLSearchParams({ text: 'width < 3 and created = 2026-11-01', timeZone: 'UTC' })}`)
    expect([csv.status, csv.headers.get('content-type'), csv.headers.get('content-disposition'), csv.headers.get('cache-control')]).toEqual(
      [200, 'text/csv; charset=utf-8', 'attachment; filename=hourglass-runs.csv', 'no-store'],
    )
    expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(4)
    const chosen = await get(
      `runs.csv?${new URLSearchParams([
        ['columns', 'name'],
        ['columns', 'width'],
        ['status', 'COMPLETED'],
      ])}`,
    )
    expect((await chosen.text()).split('\r\n')[0]).toBe('id,name,config.width')
    const others = await get('runs.csv?text=width+%3C+3&columns=name&except=run000000000&except=run000000002')
    expect((await others.text()).split('\r\n')[1]).toMatch(/^run000000001,/)
    expect((await (await get('runs.csv?status=FAILED&columns=name')).text()).trimEnd().split('\r\n')).toHaveLength(1)
    const twice = await get('runs.csv?columns=width&columns=config.width&columns=name')
    expect((await twice.text()).split('\r\n')[0]).toBe('id,config.width,name')
    expect((await get('runs.csv?columns=widht')).status).toBe(400)
    const many = await get(`runs.csv?${'columns=name&'.repeat(61)}`)
    expect(await many.json()).toMatchObject({ errors: [{ message: expect.stringContaining('expected at most 60, got 61') }] })
    expect((await get('runs.csv?status=DONE')).status).toBe(400)
    const parquet = await get('runs.parquet')
    expect(parquet.headers.get('content-type')).toBe('application/vnd.apache.parquet')
    expect(await parquetReadObjects({ file: await parquet.arrayBuffer() })).toHaveLength(RUNS)
    const refused = await get(`runs.csv?${new URLSearchParams({ text: 'width < wide' })}`)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('(character 9)'), extensions: { code: 'BAD_USER_INPUT', from: 8 } }],
    })
    expect((await get('runs.csv?text=a&text=b')).status).toBe(400)
    expect((await get('runs.csv', { method: 'POST' })).status).toBe(405)
    expect((await get('runs.xlsx')).status).toBe(404)
  })
})

function hasPandas(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import pandas, pyarrow'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
