import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { migrate } from '../src/database/migrate.js'
import { openDataFolder } from '../src/database/openDataFolder.js'
import { editDatabase } from './editDatabase.js'
import { makeDataFolder } from './startServer.js'

/** A data folder of the last version before texts were folded. */
const fixture = fileURLToPath(new URL('../../../test/fixtures/data/20261128173950_hold_out_validation_examples', import.meta.url))

it('the step that writes down how texts are compared, and what models are asked for by, gives what it gave when it was released', async () => {
  await using data = await makeDataFolder()
  await cp(fixture, data.path, { recursive: true })
  const names = ['Größe z = 016', 'ΟΔΥΣΣΕΥΣ ø', 'Æther, ﬁrst']
  editDatabase(data.path, (database) => {
    for (const [index, name] of names.entries()) {
      database
        .prepare('UPDATE Run SET name = ?, label = ? WHERE number = (SELECT number FROM Run ORDER BY number LIMIT 1 OFFSET ?)')
        .run(name, `LABEL ${name}`, index)
    }
  })
  const folder = await openDataFolder(data.path)
  await migrate(folder)
  folder.release()
  const read = (sql: string) => editDatabase(data.path, (database) => database.prepare(sql).raw().all())
  expect(read('SELECT nameKey FROM Run ORDER BY number').flat()).toEqual([
    'grosse z = 00216\u0001grösse z = 016',
    'οδυσσευσ o\u0001οδυσσευσ ø',
    'aether, first\u0001æther, first',
    'sparse by l0011\u0001sparse by l1',
    ...['sparse by divergence', 'contractive', 'l-bfgs', 'masked points', 'diverging', 'stopped', 'denoising', 'variational'].map(twice),
    ...['principal components', 'stacked, then fine-tuned'].map(twice),
    '0014 units · widths\u00014 units · widths',
    '0018 units · widths\u00018 units · widths',
    ...['interrupted', 'queued'].map(twice),
  ])
  expect(read('SELECT kind, folded FROM RunText WHERE runNumber <= 3 OR runNumber = 16 ORDER BY runNumber, kind')).toEqual([
    ['LABEL', 'label grösse z = 016'],
    ['NAME', 'grösse z = 016'],
    ['LABEL', 'label οδυσσευσ ø'],
    ['NAME', 'οδυσσευσ ø'],
    ['LABEL', 'label æther, first'],
    ['NAME', 'æther, first'],
    ['LABEL', '8 units'],
    ['NAME', '8 units · widths'],
  ])
  const value = (name: string, column: string) =>
    read(`SELECT runNumber, "${column}" FROM RunValue JOIN ValueKey ON id = keyId WHERE name = '${name}' ORDER BY runNumber`)
  expect(value('model.codeSize', 'number')).toEqual(
    [2, 49, 1, 1, 4, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1].map((size, at) => [at + 1, size]),
  )
  const objectives = new Map([
    [4, ['Objective: mean squared error + λ Σ |z|', 'objective: mean squared error + λ σ |z|']],
    [5, ['Objective: mean squared error + λ Σ KL(ρ ‖ ρ̂)', 'objective: mean squared error + λ σ kl(ρ ‖ ρ̂)']],
    [6, ['Objective: mean squared error + λ ‖∂f/∂x‖²', 'objective: mean squared error + λ ‖∂f/∂x‖2']],
    [11, ['Binary cross-entropy', 'binary cross-entropy']],
    [12, ['Objective: mean squared error + β KL', 'objective: mean squared error + β kl']],
  ])
  for (const [at, column] of ['text', 'folded'].entries()) {
    const plain = ['Mean squared error', 'mean squared error'][at]
    expect(value('model.objective', column)).toEqual(
      Array.from({ length: 18 }, (_, index) => [index + 1, objectives.get(index + 1)?.[at] ?? plain]),
    )
  }
  const keys = new Map([
    [4, '["meanSquaredError",{"kind":"l1","weight":0.01},{"kind":"deterministic"}]'],
    [5, '["meanSquaredError",{"kind":"klSparsity","weight":0.1,"target":0.1},{"kind":"deterministic"}]'],
    [6, '["meanSquaredError",{"kind":"contractive","weight":0.1},{"kind":"deterministic"}]'],
    [11, '["binaryCrossEntropy",{"kind":"none"},{"kind":"deterministic"}]'],
    [12, '["meanSquaredError",{"kind":"none"},{"kind":"variational","beta":0.1}]'],
  ])
  expect(read('SELECT number, objectiveKey FROM Run ORDER BY number')).toEqual(
    Array.from({ length: 18 }, (_, index) => [
      index + 1,
      keys.get(index + 1) ?? '["meanSquaredError",{"kind":"none"},{"kind":"deterministic"}]',
    ]),
  )
})

const twice = (text: string) => `${text}\u0001${text}`
