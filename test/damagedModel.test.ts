import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, shownEpoch, untilServerSays } from './harness/runs.js'

useLabPage()

it('a page says that the model of its epoch is damaged, and leads to the nearest one that is whole', async () => {
  const id = await launchRun({ epochs: 3 })
  await untilServerSays(id, 'COMPLETED')
  const path = join(lab.data, 'runs', id, 'checkpoints', '0003.safetensors')
  const content = await readFile(path)
  content.writeUInt8(content.readUInt8(content.length - 1) ^ 1, content.length - 1)
  await writeFile(path, content)
  await page.goto(`${lab.url}/runs/${id}`)
  await page.locator('#run-latent').scrollIntoViewIfNeeded()
  const problem = page.getByTestId('unopened-model')
  await problem.waitFor()
  expect(await problem.innerText()).toMatch(
    /0003\.safetensors: expected the content that was written.*nearest epoch whose model is whole is 2/s,
  )
  await problem.getByRole('button', { name: 'Show epoch 2' }).click()
  await problem.waitFor({ state: 'detached' })
  await expect.poll(shownEpoch).toBe(2)
  await page.getByRole('img', { name: 'Image decoded from the current code after epoch 2' }).waitFor()
})
