import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

interface Row {
  id: string
  name: string
  config: { training: { epochs: number } } | null
  configProblem: string | null
  dataset: { id: string } | null
  values: { name: string; number: number | null; text: string | null }[]
}

it('a run whose configuration this version refuses or cannot read hides no other', async () => {
  await using folder = await makeDataFolder()
  const first = await TestServer.start(folder.path, { HOURGLASS_MAX_RUNS: '1' })
  const ids: Record<string, string> = {}
  for (const name of ['usual', 'refused', 'unknown data', 'elsewhere', 'newer']) ids[name] = await first.launch(smallConfig, name)
  for (const id of Object.values(ids)) await first.untilStatus(id, 'COMPLETED')
  await first.stop()

  const database = new SqliteDatabase(join(folder.path, 'hourglass.db'))
  // As versions with other bounds, other data and other kinds of runs would have left them.
  database.prepare(`UPDATE Run SET config = json_set(config, '$.training.epochs', 123456) WHERE id = ?`).run(ids.refused)
  database
    .prepare(`UPDATE Run SET config = json_set(config, '$.data.dataset', 'celeb-a'), dataset = 'celeb-a' WHERE id = ?`)
    .run(ids['unknown data'])
  database
    .prepare(
      `UPDATE Run SET kind = 'elsewhere', configVersion = 1, config = '{"model":{"width":512}}', dataset = NULL, epochs = NULL WHERE id = ?`,
    )
    .run(ids.elsewhere)
  database.prepare('UPDATE Run SET configVersion = 99 WHERE id = ?').run(ids.newer)
  database.close()

  await using server = await TestServer.start(folder.path)
  const { runs } = await server.data<{ runs: { nodes: Row[] } }>(
    `{ runs(first: 10) { nodes {
      id name config { training { epochs } } configProblem dataset { id } values(prefix: "config.training.") { name number text }
      status summary { epochs epochsCompleted validationLoss } metrics { epoch } reconstructions { originalsUrl } codes { count } pcaBaseline { components }
      checkpoints { epoch } onnxModels { url } files { name }
    } } }`,
  )
  const byName = Object.fromEntries(runs.nodes.map((run) => [run.name, run]))
  expect(Object.keys(byName)).toHaveLength(5)
  expect(byName.usual).toMatchObject({ config: { training: { epochs: 3 } }, configProblem: null })
  expect(byName.refused).toMatchObject({ config: { training: { epochs: 123456 } }, configProblem: null })
  expect(byName['unknown data']).toMatchObject({ config: null, configProblem: expect.stringContaining('data.dataset'), dataset: null })
  expect(byName.elsewhere).toMatchObject({ config: null, configProblem: expect.stringContaining('a list of values'), dataset: null })
  expect(byName.newer).toMatchObject({ config: null, configProblem: expect.stringContaining('expected version 1 to 2, got 99') })
  expect(byName.newer?.values).toContainEqual({ name: 'config.training.epochs', number: 3, text: null })

  const refusal = await server.query(`query ($id: ID!) { decode(runId: $id, codes: [[0, 0, 0, 0]]) }`, { id: ids.newer })
  expect(refusal.errors?.[0]?.extensions.code).toBe('RUN_UNREADABLE')
})
