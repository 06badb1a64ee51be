import { expect, it } from 'vitest'
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.js'
import { configOfSize, launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'
import { savedLines } from './harness/saveFigure.js'

useLabPage({ HOURGLASS_ANALYSIS: '1' })

/** Gives a run one more epoch, after which it is measured again, and waits until it was. */
async function measureAgain(id: string): Promise<void> {
  const analyzedAt = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { analyzedAt } }', { id })).run.analyzedAt
  const before = await analyzedAt()
  await query(lab.url, 'mutation($id: ID!) { extendRun(id: $id, epochs: 2) { id } }', { id })
  await untilServerSays(id, 'COMPLETED')
  expect(await analyzedAt()).not.toBe(before)
}

it('the errors of classes of runs that are compared are those of the newest measurement', async () => {
  const ids = [await launchRun({ name: 'first', epochs: 1 }), await launchRun({ name: 'second', epochs: 1 })]
  for (const id of ids) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/compare?runs=${ids.join(',')}`)
  const epochs = () =>
    page
      .getByTestId('class-errors-table')
      .getByText(/^epoch \d+$/)
      .allInnerTexts()
  await expect.poll(epochs).toEqual(['epoch 1', 'epoch 1'])

  await measureAgain(ids[0] ?? '')
  await expect.poll(epochs).toEqual(['epoch 2', 'epoch 1'])
})

it('an experiment whose run was measured again while the page was away shows the newer figure and verdict once it is back', async () => {
  const launch = 'mutation($id: ID!) { launchPreset(id: $id, overrides: { epochs: 1, seed: 1 }) { id experiment { id } } }'
  const { id, experiment } = (await query(lab.url, launch, { id: 'two-moons' })).launchPreset
  await untilServerSays(id, 'COMPLETED')
  await using proxy = await startCuttableProxy(lab.url)
  await page.goto(`${proxy.url}/experiments/${experiment.id}?figure=JACOBIAN_SPECTRA`)
  const found = () => page.locator('[data-claim="curve"] p').nth(1).innerText()
  await expect.poll(found).toMatch(/^Does not hold/)
  const figure = page.locator('section').filter({ has: page.locator('#experiment-figure') })
  const numbers = async () => (await savedLines(figure.getByRole('button', { name: /^Download/ }))).join('\n')
  const [foundBefore, numbersBefore] = [await found(), await numbers()]

  await loseConnection(proxy)
  await measureAgain(id)
  proxy.mend()
  await expect.poll(found).not.toBe(foundBefore)
  await expect.poll(numbers).not.toBe(numbersBefore)
})

it('an experiment that has other runs, and as many as before, shows these once the page is back', async () => {
  const id = await launchSizes([2, 4], { epochs: 1, trainCount: 200 })
  const { runs } = (await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })).experiment
  for (const run of runs) await untilServerSays(run.id, 'COMPLETED')
  await using proxy = await startCuttableProxy(lab.url)
  await page.goto(`${proxy.url}/experiments/${id}`)
  const rows = page.getByRole('table', { name: 'Runs of the experiment' }).locator('[data-run]')
  await expect.poll(() => rows.count()).toBe(2)
  // What is asked for on the way, and again once the connection is back, is of the same runs.
  await page.waitForLoadState('networkidle')

  await loseConnection(proxy)
  await query(lab.url, 'mutation($id: ID!, $runs: RunSelection!) { takeOutOfExperiment(id: $id, runs: $runs) { id } }', {
    id,
    runs: { ids: [runs[0].id] },
  })
  const added = { runs: [{ label: 'z = 3', config: configOfSize(3, { epochs: 1, trainCount: 200 }) }] }
  await query(lab.url, 'mutation($id: ID!, $added: ExperimentAddition!) { addToExperiment(id: $id, added: $added) { id } }', { id, added })
  proxy.mend()
  await rows.filter({ hasText: 'z = 3' }).waitFor()
  expect(await rows.count()).toBe(2)
})

async function loseConnection(proxy: CuttableProxy): Promise<void> {
  proxy.cut()
  await page.locator('[data-connection="lost"]').waitFor({ state: 'attached' })
}
