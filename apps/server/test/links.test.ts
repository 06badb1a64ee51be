import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { placeOf } from './storedFiles.js'

const FILES = 'query ($id: ID!) { run(id: $id) { files { name bytes } } }'

it('symbolic links in a run’s folder are not followed: the file itself, a folder on the way, the log, the run’s own folder', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const [id, other] = [await server.launch(smallConfig), await server.launch(smallConfig)]
  for (const run of [id, other]) await server.untilStatus(run, 'COMPLETED')
  const pathOf = (run: string, name = '') => join(folder.path, 'runs', run, name)
  const fetchFile = async (name: string) => fetch(`${server.url}/artifacts/runs/${id}/${name}`)
  const checkpoints = [1, 2, 3].map((epoch) => `checkpoints/000${epoch}.safetensors`)
  for (const name of [...checkpoints, 'worker.log']) expect((await fetchFile(name)).status, name).toBe(200)

  await rm(pathOf(id, 'originals.png'))
  await symlink('/etc/passwd', pathOf(id, 'originals.png'))
  await rm(pathOf(id, 'worker.log'))
  await symlink('/etc/passwd', pathOf(id, 'worker.log'))
  // The other run's are the same to the last byte, so that their hash is no obstacle.
  for (const name of checkpoints) expect(placeOf(folder.path, id, name).path).toMatch(/packs\/\d+\.pack$/)
  expect(await readFile(placeOf(folder.path, other, 'checkpoints/0001.safetensors').path)).toEqual(
    await readFile(placeOf(folder.path, id, 'checkpoints/0001.safetensors').path),
  )
  await rm(pathOf(id, 'packs'), { recursive: true })
  await symlink(pathOf(other, 'packs'), pathOf(id, 'packs'))
  for (const name of [...checkpoints, 'originals.png', 'worker.log']) {
    const response = await fetchFile(name)
    expect([404, 410], name).toContain(response.status)
    expect(await response.text(), name).not.toContain('root:')
  }
  const decode = 'query ($id: ID!) { decode(runId: $id, codes: [[0, 0, 0, 0]]) }'
  const { errors } = await server.query(decode, { id })
  expect(errors?.[0]?.extensions.code).toBe('ARTIFACT_MISSING')
  expect(errors?.[0]?.message).toContain('links are not followed')
  const { run } = await server.data<{ run: { files: { name: string }[] } }>(FILES, { id })
  expect(run.files.map(({ name }) => name)).not.toContain('worker.log')

  await rename(pathOf(id), join(folder.path, 'elsewhere'))
  await symlink(pathOf(other), pathOf(id))
  expect((await fetchFile('originals.png')).status).toBe(410)
  expect((await fetchFile('worker.log')).status).toBe(404)
})

it('nothing is written through symbolic links: a run says so, and its log is written anew', async () => {
  await using folder = await makeDataFolder()
  const outside = join(folder.path, 'outside')
  await mkdir(outside)
  await writeFile(join(outside, 'notes.txt'), 'mine\n')
  await using server = await TestServer.start(folder.path)
  const id = await server.launch({ ...smallConfig, training: { ...smallConfig.training, epochs: 10_000 } })
  await server.untilEpoch(id, 1)
  await server.data('mutation ($id: ID!) { stopRun(id: $id) { status } }', { id })
  await server.untilStatus(id, 'STOPPED')
  const run = join(folder.path, 'runs', id)
  await rm(join(run, 'worker.log'))
  await symlink(join(outside, 'notes.txt'), join(run, 'worker.log'))
  await rename(join(run, 'packs'), join(outside, 'packs'))
  await symlink(join(outside, 'packs'), join(run, 'packs'))
  await server.data('mutation ($id: ID!) { resumeRun(id: $id) { status } }', { id })
  const { error } = await server.untilStatus(id, 'FAILED')
  expect(error?.code).toBe('ARTIFACT_MISSING')
  expect(error?.message).toContain('links are not followed')
  expect(await readFile(join(outside, 'notes.txt'), 'utf8')).toBe('mine\n')
  expect(await readdir(join(outside, 'packs'))).toEqual(['10.pack'])
  expect(await readFile(join(run, 'worker.log'), 'utf8')).toContain('Continuing after epoch')
})
