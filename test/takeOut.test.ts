import { expect, it } from 'vitest'
import { launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'

useLabPage()

it('a run is taken out of an experiment by a button, which every open page shows, and stays', async () => {
  const id = await launchSizes([2, 4], { epochs: 1, trainCount: 200 })
  const READ = 'query($id: ID!) { experiment(id: $id) { runs { id name number experiment { id } } } }'
  const runs = async () => (await query(lab.url, READ, { id })).experiment.runs
  const [first, second] = await runs()
  const rows = () => page.getByRole('table', { name: 'Runs of the experiment' }).locator('[data-run]')
  await page.goto(`${lab.url}/experiments/${id}`)
  await expect.poll(() => rows().count()).toBe(2)
  const ofRun = await openPage()
  await ofRun.goto(`${lab.url}/runs/${first.id}`)
  const membership = ofRun.getByRole('link', { name: /^experiment #/ })
  await membership.waitFor()
  const other = await openPage()
  await other.goto(`${lab.url}/experiments/${id}`)
  const otherRows = other.getByRole('table', { name: 'Runs of the experiment' }).locator('[data-run]')
  await expect.poll(() => otherRows.count()).toBe(2)

  await page.getByRole('button', { name: `Take #${first.number} ${first.name} out` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
  await expect.poll(() => rows().count()).toBe(1)
  expect(await rows().first().getAttribute('data-run')).toBe(second.id)
  await expect.poll(() => otherRows.count()).toBe(1)
  await membership.waitFor({ state: 'detached' })
  expect(await runs()).toHaveLength(1)
  await ofRun.getByRole('tab', { name: 'History' }).click()
  await ofRun.getByText('Taken out of the experiment A sweep').waitFor()
  await ofRun.close()
  await other.close()
})
