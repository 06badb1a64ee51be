import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { editDatabase } from './editDatabase.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const fixture = fileURLToPath(new URL('../../../test/fixtures/data/20261129210000_shorten_names_of_files', import.meta.url))
const SET = 'INSERT INTO LabSetting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'

const set = (folder: string, name: string, value: string) => editDatabase(folder, (database) => database.prepare(SET).run(name, value))
const stored = (folder: string, name: string) =>
  editDatabase(folder, (database) =>
    database.prepare<[string], string>('SELECT CAST(value AS TEXT) FROM LabSetting WHERE name = ?').pluck().get(name),
  )
const isPaused = async (server: TestServer) =>
  (await server.data<{ lab: { queuePaused: boolean } }>('{ lab { queuePaused } }')).lab.queuePaused
const problems = async (server: TestServer) =>
  ((await (await fetch(`${server.url}/health`)).json()) as { problems: { code: string; message: string }[] }).problems

describe('what is set for the whole lab', () => {
  it('is read as earlier versions wrote it, without a version, and written with one', async () => {
    await using folder = await makeDataFolder()
    await cp(fixture, folder.path, { recursive: true })
    set(folder.path, 'queue', '{"isPaused":true}')
    set(folder.path, 'retention', '{"bytes":1,"epochs":2,"runId":null}')
    await using server = await TestServer.start(folder.path)
    expect(await isPaused(server)).toBe(true)
    expect(server.logLines).toContainEqual(
      expect.objectContaining({
        msg: 'retention that was interrupted does not go on: its settings have changed',
        progress: { bytes: 1, epochs: 2, runId: null },
      }),
    )
    expect(await problems(server)).toEqual([])
    await server.data('mutation { resumeQueue { queuePaused } }')
    expect(await isPaused(server)).toBe(false)
    expect(JSON.parse(stored(folder.path, 'queue') ?? '')).toEqual({ version: 1, value: { isPaused: false } })
    await server.data('mutation { pauseQueue { queuePaused } }')
    expect(JSON.parse(stored(folder.path, 'queue') ?? '')).toEqual({ version: 1, value: { isPaused: true } })
    expect(await isPaused(server)).toBe(true)
  })

  it.for([
    ['of a newer version', '{"version":2,"value":{"restsUntil":"2030-01-01"}}', 'expected version 1 to 1, got 2'],
    ['of another shape', '{"version":1,"value":{"isPaused":"yes"}}', 'rest of the queue of version 1 cannot be read'],
    ['that is no JSON', 'paused', 'expected JSON, got another text'],
  ] as const)('%s is not taken for nothing: the queue rests, says so, and goes on when somebody says so', async ([, value, problem]) => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    set(folder.path, 'queue', value)
    const id = await server.launch(smallConfig)
    expect(await isPaused(server)).toBe(true)
    await expect.poll(() => problems(server)).toEqual([{ code: 'SETTING_UNREADABLE', message: expect.stringContaining(problem) }])
    const { run } = await server.data<{ run: object }>('query ($id: ID!) { run(id: $id) { status } }', { id })
    expect(run).toEqual({ status: 'QUEUED' })
    expect(stored(folder.path, 'queue')).toBe(value)
    await server.data('mutation { resumeQueue { queuePaused } }')
    await server.untilStatus(id, 'COMPLETED')
    await expect.poll(() => problems(server)).toEqual([])
  })

  it('keeps retention from going on where how far it was cannot be read, and says so', async () => {
    await using folder = await makeDataFolder()
    const value = '{"version":7,"value":{}}'
    await (await TestServer.start(folder.path)).stop()
    set(folder.path, 'retention', value)
    await using server = await TestServer.start(folder.path)
    const message = expect.stringMatching(/^How far retention was cannot be read.*got 7\./)
    expect(await problems(server)).toEqual([{ code: 'SETTING_UNREADABLE', message }])
    expect(stored(folder.path, 'retention')).toBe(value)
  })
})
