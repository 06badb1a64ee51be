import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

const row = (name: string) => page.getByTestId('runs-table').locator('tbody tr').filter({ hasText: name })

it('a run is starred, tagged and archived on its page and in the table, and found by it', async () => {
  const id = await launchRun({ name: 'Marked', epochs: 1, trainCount: 200 })
  await launchRun({ name: 'Plain', epochs: 1, trainCount: 200 })
  await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByRole('button', { name: 'Star', exact: true }).click()
  await page
    .getByRole('textbox', { name: 'Tags' })
    .or(page.getByRole('combobox', { name: 'Tags' }))
    .fill('lecture')
  await page.keyboard.press('Enter')
  const marks = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { starred tags archivedAt } }', { id })).run
  await expect.poll(marks).toEqual({ starred: true, tags: ['lecture'], archivedAt: null })

  await page.goto(lab.url)
  await expect.poll(() => row('Marked').innerText()).toContain('lecture')
  expect(await row('Marked').getByLabel('Starred').count()).toBe(1)
  expect(await row('Plain').getByLabel('Starred').count()).toBe(0)
  await page.goto(`${lab.url}/?q=${encodeURIComponent('tag = lecture and is starred')}`)
  await expect.poll(() => row('').count()).toBe(1)

  await page.goto(lab.url)
  await page.getByRole('button', { name: 'Actions for Marked' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect.poll(() => row('Marked').count()).toBe(0)
  expect(await row('Plain').count()).toBe(1)
  await page.goto(`${lab.url}/?q=${encodeURIComponent('is archived')}`)
  await expect.poll(() => row('Marked').count()).toBe(1)
})
