import { expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, runStatus, untilServerSays } from './harness/runs.js'

useLabPage()

it('a completed run is given more epochs on its page, which says what that comes to', async () => {
  const id = await launchRun({ epochs: 2 })
  await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByRole('button', { name: 'Add epochs' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add epochs' })
  await dialog.getByText('to the last bit').waitFor()
  const epochs = dialog.getByRole('textbox', { name: 'Epochs in all' })
  await epochs.fill('2')
  await dialog.getByRole('button', { name: 'Add epochs' }).click()
  await dialog.getByText('Expected a whole number above 2').waitFor()
  await epochs.fill('4')
  await dialog.getByRole('button', { name: 'Add epochs' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(runStatus).toBe('Completed')
  await page.getByRole('button', { name: 'Add epochs' }).waitFor()
  await page.getByRole('tab', { name: 'Configuration' }).click()
  await page.getByRole('row', { name: /Epochs\s+4\b/ }).waitFor()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByText('Extended from 2 to 4 epochs').waitFor()
})
