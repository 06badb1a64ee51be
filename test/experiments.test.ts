import { describe, expect, it } from 'vitest'
import { configOfSize, experimentStatus, figureEpochs, launchExperiment, launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS } from './harness/runs.js'

useLabPage()

const countsOf = async (id: string) =>
  (
    await query(lab.url, 'query($id: ID!) { experiment(id: $id) { statusCounts { total queued running stopped completed failed } } }', {
      id,
    })
  ).experiment.statusCounts
const figurePixels = () =>
  page.locator('[data-testid="strip-pair"] canvas').evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))
const errorsInWords = () => page.locator('[data-testid="line-chart"] figcaption').innerText()

describe('an experiment in the browser', () => {
  it('of the chapter is launched from the gallery, stopped, resumed and deleted as a whole', async () => {
    await page.goto(`${lab.url}/experiments`)
    await page.getByText('The lecture’s own experiment compresses MNIST into 784 numbers').waitFor()
    await page.getByRole('button', { name: 'Launch Learn to encode MNIST' }).click()
    await page.waitForURL(/\/experiments\/[^/]+$/)
    const id = page.url().split('/').at(-1) ?? ''
    await expect.poll(() => page.getByTestId('figure-row').count()).toBe(9)
    await expect.poll(experimentStatus).toMatch(/running/i)

    await page.getByRole('button', { name: 'Stop all' }).click()
    await expect.poll(experimentStatus).toMatch(/stopped/i)
    await expect.poll(() => countsOf(id)).toMatchObject({ stopped: 9, running: 0, queued: 0 })
    await page.reload()
    await expect.poll(experimentStatus).toMatch(/stopped/i)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(experimentStatus).toMatch(/running/i)

    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete experiment' }).click()
    await page.waitForURL(`${lab.url}/experiments`)
    await page.getByText('An experiment groups runs').waitFor()
    await expect.poll(async () => (await query(lab.url, '{ runs { totalCount } }')).runs.totalCount).toBe(0)
  })

  it('assembles its figure and its errors while it trains, without a reload', async () => {
    await page.goto(`${lab.url}/experiments`)
    const id = await launchSizes([8, 2])
    await page.locator(`[data-experiment="${id}"] a`).click()
    await expect.poll(figureEpochs).toEqual([2, 2])
    await expect.poll(experimentStatus).toMatch(/completed/i)
    // Two that are not drawn yet are alike.
    await expect.poll(async () => new Set(await figurePixels()).size).toBe(2)
    await expect.poll(errorsInWords).toMatch(/Autoencoder: from .* at code size 2 to .* at code size 8.*PCA, as many components: from/)
    const table = page.getByRole('table', { name: 'Runs of the experiment' })
    await expect.poll(() => table.getByText('Completed').count()).toBe(2)
    await expect.poll(() => page.getByTestId('experiment-progress').innerText()).toMatch(/All 2 runs completed[\s\S]*4 \/ 4/)
    await table.getByRole('link', { name: /z = 8/ }).click()
    await page.waitForURL(/\/runs\//)
    await page.getByRole('link', { name: /experiment #\d+ A sweep/ }).click()
    await page.waitForURL(`${lab.url}/experiments/${id}`)
  })

  it('says of a run that failed why, and goes on with the others', async () => {
    const diverging = {
      data: { dataset: 'two-moons' },
      architecture: { dense: { latentDimension: 1, outputActivation: 'LINEAR' } },
      optimizer: { sgd: { learningRate: 10 } },
    }
    const runs = [
      { label: 'Far too fast', config: diverging },
      { label: 'Adam', config: configOfSize(4) },
    ]
    const id = await launchExperiment('Optimizers', runs)
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/failed/i)
    const failed = page.getByTestId('figure-row').first()
    await expect.poll(() => failed.innerText()).toMatch(/Failed[\s\S]*diverged/)
    expect(await failed.getByText(/diverged/).count()).toBe(1)
    await expect.poll(figureEpochs).toEqual([2])
    await expect.poll(() => page.getByTestId('experiment-progress').innerText()).toMatch(/1 of 2 runs completed, 1 failed/)
  })

  it('that is not there says so and leads to the others, also where it is deleted in another window', async () => {
    await page.goto(`${lab.url}/experiments/nothing-here`)
    await page.getByTestId('experiment-missing').getByText('There is no such experiment').waitFor()
    const id = await launchSizes([2], { epochs: ENDLESS })
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(experimentStatus).toMatch(/running/i)
    await query(lab.url, 'mutation($ids: [ID!]!) { deleteExperiments(ids: $ids) }', { ids: [id] })
    await page.getByTestId('experiment-missing').getByText('has been deleted').waitFor()
    await page.getByRole('link', { name: 'All experiments' }).click()
    await page.waitForURL(`${lab.url}/experiments`)
  })
})

describe('the page of experiments', () => {
  it('shows the latest few before the chapter’s, and all of them when that is asked for', async () => {
    const config = {
      data: { dataset: 'two-moons', trainCount: 100, testCount: 50 },
      architecture: { dense: { latentDimension: 1, outputActivation: 'LINEAR' } },
    }
    const ids: string[] = []
    for (let index = 0; index < 7; index += 1) {
      ids.unshift(await launchExperiment(`Number ${index}`, [{ label: 'circle', config: { ...config, training: { epochs: 1 } } }]))
    }
    const latest = ids[0] ?? ''
    await expect.poll(async () => (await countsOf(latest)).completed).toBe(1)
    await page.goto(`${lab.url}/experiments`)
    const listed = () => page.locator('[data-experiment]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.experiment))
    await expect.poll(listed).toEqual(ids.slice(0, 5))
    const all = page.getByRole('button', { name: 'Show all 7' })
    expect(await all.getAttribute('aria-expanded')).toBe('false')
    const gallery = page.getByRole('region', { name: 'Experiments of the chapter' })
    await expect.poll(async () => (await gallery.boundingBox())?.y).toBeLessThan(900)
    await all.press('Enter')
    await expect.poll(listed).toEqual(ids)
    await page.getByRole('button', { name: 'Show the latest only', expanded: true }).click()
    await expect.poll(listed).toEqual(ids.slice(0, 5))
  })
})
