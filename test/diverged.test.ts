import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { runStatus, untilServerSays } from './harness/runs.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const DELETE = 'mutation($ids: [ID!]!) { deleteRuns(ids: $ids) }'
const BEST = 'query($id: ID!) { run(id: $id) { summary { bestEpoch } } }'
/** Learns for some epochs, then overshoots further with each. */
const config = {
  data: { dataset: 'mnist', trainCount: 256, testCount: 64 },
  architecture: {
    dense: { latentDimension: 4, hiddenWidths: [], outputActivation: 'LINEAR', initializer: { normal: { standardDeviation: 0.05 } } },
  },
  optimizer: { sgd: { learningRate: 10, momentum: 0.99 } },
  training: { epochs: 60, batchSize: 256 },
}

it('a run that diverged offers a new one with a lower learning rate, which names it as its parent and outlives it', async () => {
  const { launchRun } = await query(lab.url, LAUNCH, { input: { name: 'Too fast', config } })
  const id: string = launchRun.id
  await untilServerSays(id, 'FAILED')
  const { bestEpoch } = (await query(lab.url, BEST, { id })).run.summary
  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByText(`a new run can start from epoch ${bestEpoch}`).waitFor()
  await expect(page.getByRole('button', { name: 'Resume' }).count()).resolves.toBe(0)
  await page.getByRole('link', { name: 'Learning rate 1 instead of 10' }).click()

  await page.getByText(`Starts from epoch ${bestEpoch} of #`).waitFor()
  await expect.poll(() => page.getByRole('textbox', { name: 'Learning rate' }).inputValue()).toBe('1')
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.01')
  await page.getByRole('textbox', { name: 'Epochs' }).first().fill('2')
  await page.getByRole('button', { name: 'Launch run' }).click()
  const parent = page.getByRole('link', { name: /Too fast/ })
  await parent.waitFor()
  await page.getByText(`started from epoch ${bestEpoch} of`).waitFor()
  await expect.poll(runStatus).toBe('Completed')
  const child = page.url()
  await parent.click()
  await page.getByText('went on as').waitFor()

  await query(lab.url, DELETE, { ids: [id] })
  await page.goto(child)
  await page.getByText('Too fast, which is deleted').waitFor()
})
