import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { storedName } from '../apps/server/src/artifacts/storedNames.js'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

it('a page says that the model of its epoch is damaged, and leads to the nearest one that is whole', async () => {
  const id = await launchRun({ epochs: 3 })
  await untilServerSays(id, 'COMPLETED')
  await damage(id, 'checkpoints/0003.safetensors')
  await page.goto(`${lab.url}/runs/${id}?tab=latent`)
  const problem = page.getByTestId('unopened-model')
  await problem.waitFor()
  await expect
    .poll(() => problem.innerText())
    .toMatch(/0003\.safetensors: expected the content that was written.*nearest epoch whose model is whole is 2/s)
  await problem.getByRole('button', { name: 'Show epoch 2' }).click()
  await problem.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByTestId('epoch-scrubber').getAttribute('data-epoch')).toBe('2')
  await page.getByRole('img', { name: 'Image decoded from the current code after epoch 2' }).waitFor()
})

/** Changes a byte of a run's file, wherever in a pack it lies. */
async function damage(id: string, name: string): Promise<void> {
  const database = new SqliteDatabase(join(lab.data, 'hourglass.db'), { readonly: true })
  const sql = 'SELECT pack, "offset", bytes FROM Artifact JOIN Run ON number = runNumber WHERE id = ? AND Artifact.name = ?'
  const place = database.prepare<[string, string], { pack: number; offset: number; bytes: number }>(sql).get(id, storedName(name))
  database.close()
  if (!place) throw new Error(`${name}: expected a listed file of run ${id}, got none`)
  const path = join(lab.data, 'runs', id, 'packs', `${place.pack}.pack`)
  const content = await readFile(path)
  const last = place.offset + place.bytes - 1
  content.writeUInt8(content.readUInt8(last) ^ 1, last)
  await writeFile(path, content)
}
