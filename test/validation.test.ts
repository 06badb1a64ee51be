import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { untilServerSays } from './harness/runs.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const FACTS = 'query($id: ID!) { run(id: $id) { finalEpoch stoppedEarly summary { epochsCompleted bestEpoch } } }'

/** Points, which are trained and measured in seconds. */
async function launchPoints(changes: { readonly validationCount?: number; readonly training?: object } = {}): Promise<string> {
  const { validationCount, training } = changes
  const config = {
    data: { dataset: 'circle', trainCount: 60, testCount: 40, ...(validationCount === undefined ? {} : { validationCount }) },
    architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
    optimizer: { adam: { learningRate: 0.05 } },
    training: { epochs: 5, batchSize: 20, ...training },
  }
  const { launchRun } = await query(lab.url, LAUNCH, { input: { name: 'Points', config } })
  await untilServerSays(launchRun.id, 'COMPLETED')
  return launchRun.id
}

const scrubber = () => page.getByTestId('epoch-scrubber')
const curves = () => page.getByRole('region', { name: 'Curves' })

it('a run page calls what is held out validation, and names the best epoch', async () => {
  const id = await launchPoints()
  const { bestEpoch } = (await query(lab.url, FACTS, { id })).run.summary
  await page.goto(`${lab.url}/runs/${id}?epoch=${bestEpoch}`)
  await expect.poll(() => scrubber().innerText()).toMatch(/validation loss [\d.e-]+, the best/)
  await curves().getByText('Validation loss', { exact: true }).waitFor()
  expect(await page.getByText('No examples are held out').count()).toBe(0)
  await page.getByRole('tab', { name: 'Configuration' }).click()
  await page.getByRole('cell', { name: 'as usual (40)' }).waitFor()
})

it('a run page with nothing held out speaks of test examples, and calls no epoch best', async () => {
  const id = await launchPoints({ validationCount: 0 })
  await page.goto(`${lab.url}/runs/${id}`)
  await curves().getByText('No examples are held out for validation').waitFor()
  await curves().getByText('Test loss', { exact: true }).waitFor()
  await expect.poll(() => scrubber().innerText()).toMatch(/test loss [\d.e-]+$/)
  expect(await page.getByText('Validation loss', { exact: true }).count()).toBe(0)
  // On a page of its own the comparison says the same.
  await page.goto(`${lab.url}/compare?runs=${id}`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  expect(await page.getByText('Best validation loss').count()).toBe(0)
})

it('a run that stopped early says why, and shows the best epoch first', async () => {
  const id = await launchPoints({ training: { epochs: 10_000, patience: 10 } })
  const { finalEpoch, stoppedEarly, summary } = (await query(lab.url, FACTS, { id })).run
  expect(finalEpoch).toBe(summary.bestEpoch)
  expect(finalEpoch).toBe(summary.epochsCompleted - 10)
  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByText(stoppedEarly).waitFor()
  await expect.poll(() => scrubber().getAttribute('data-epoch')).toBe(String(finalEpoch))
  await page.getByText(`after epoch ${finalEpoch}, which has the lowest validation loss`).waitFor()
})
