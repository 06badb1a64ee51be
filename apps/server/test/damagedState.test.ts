import { readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { editDatabase, shortenRun } from './editDatabase.js'
import { endlessConfig } from './startServer.js'
import { flipBit as flipBitOf, namesOf, readStored } from './storedFiles.js'
import { server, useServer } from './useServer.js'

useServer()

const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const RESUME = 'mutation ($id: ID!) { resumeRun(id: $id) { status } }'
const HISTORY = 'query ($id: ID!) { run(id: $id) { history { line } } }'

type Damage = (path: string) => Promise<void>
const cut: Damage = (path) => truncate(path, 100)
const flipBit: Damage = async (path) => {
  const content = await readFile(path)
  content.writeUInt8(content.readUInt8(content.length - 3) ^ 1, content.length - 3)
  await writeFile(path, content)
}
const remove: Damage = (path) => rm(path)
/** A link to itself: a file that is there, and that no reading of comes to an end. */
const makeUnreadable: Damage = async (path) => {
  await rm(path)
  await symlink(path, path)
}

it.each([
  ['cut short', cut, 1],
  ['changed in one bit', flipBit, 1],
  ['gone', remove, 1],
  ['unreadable', makeUnreadable, 1],
  ['all cut short', cut, 2],
  ['all changed in one bit', flipBit, 2],
] as const)(
  'a run whose newest training state is %s goes on from the newest good one, to the last bit as if nothing had happened',
  async (_, damage, count) => {
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 4)
    await server.data(STOP, { id })
    const stopped = await server.untilStatus(id, 'STOPPED')
    const states = join(server.dataFolder, 'runs', id, 'resume')
    const names = (await readdir(states)).sort().reverse()
    expect(names).toHaveLength(2)
    for (const name of names.slice(0, count)) await damage(join(states, name))
    // What an earlier epoch left comes back where that is trained again.
    if (count === 2) for (const name of ['checkpoints/0002', 'codes/0003']) await flipBitOf(server.dataFolder, id, `${name}.safetensors`)
    const completed = stopped.metrics.length
    const epochs = shortenRun(server.dataFolder, id, { epochsLeft: 3 })
    await server.data(RESUME, { id })
    const undisturbed = await server.launch({ ...endlessConfig, training: { ...endlessConfig.training, epochs } })
    const interrupted = await server.untilStatus(id, 'COMPLETED', 'FAILED')
    const expected = await server.untilStatus(undisturbed, 'COMPLETED')
    expect(interrupted.error).toBeNull()
    expect(interrupted.metrics).toEqual(expected.metrics)
    for (const type of ['checkpoint', 'codes', 'reconstructions', 'resume'])
      expect(await readAll(server.dataFolder, id, type)).toEqual(await readAll(server.dataFolder, undisturbed, type))

    const { run } = await server.data<{ run: { history: { line: string }[] } }>(HISTORY, { id })
    const place = count === 1 ? `epoch ${completed} on` : 'the beginning'
    expect(run.history.map(({ line }) => line)).toContainEqual(expect.stringContaining(`Trains again from ${place}: resume/`))
    const log = await readFile(join(server.dataFolder, 'runs', id, 'worker.log'), 'utf8')
    expect(log).toContain(`Training epochs ${count === 1 ? completed : 1} to ${completed} again`)
  },
)

it('a run whose epochs come out otherwise when they are trained again fails with that, and keeps what it has', async () => {
  const id = await server.launch(endlessConfig)
  await server.untilEpoch(id, 3)
  await server.data(STOP, { id })
  const stopped = await server.untilStatus(id, 'STOPPED')
  await rm(join(server.dataFolder, 'runs', id, 'resume'), { recursive: true })
  editDatabase(server.dataFolder, (database) =>
    database.prepare(`UPDATE Run SET config = json_set(config, '$.training.seed', 4711) WHERE id = ?`).run(id),
  )
  await server.data(RESUME, { id })
  const failed = await server.untilStatus(id, 'FAILED')
  expect(failed.error?.code).toBe('EPOCH_DIFFERS')
  expect(failed.error?.message).toMatch(/^Epoch 1 was trained again.* expected \w+ [\d.]+ as it is stored, got [\d.]+/)
  expect(failed.metrics).toEqual(stopped.metrics)
})

async function readAll(folder: string, id: string, type: string): Promise<readonly (readonly [string, Buffer])[]> {
  const names = namesOf(folder, id, type)
  expect(names.length).toBeGreaterThan(0)
  return Promise.all(names.map(async (name) => [name, await readStored(folder, id, name)] as const))
}
