import { expect, it } from 'vitest'
import { experimentStatus, launchExperiment } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'
import { savedLines } from './harness/saveFigure.js'

useLabPage()

const RUNS = 3
const EPOCHS = 60

it('curves that are watched while short epochs rush by are those that a page shows which comes later', async () => {
  const config = {
    data: { dataset: 'circle', trainCount: 300, testCount: 100 },
    architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
    training: { epochs: EPOCHS, batchSize: 256 },
  }
  // The pages are open before the first epoch, behind a run that keeps the queue.
  const [blocker] = await launchRuns('blocker', [{ ...config, training: { epochs: 10_000, batchSize: 20 } }])
  const id = await launchExperiment(
    'Short epochs',
    Array.from({ length: RUNS }, (_, seed) => ({ label: `seed ${seed}`, config: { ...config, training: { ...config.training, seed } } })),
  )
  const ids = await runsOf(id)
  const compare = await openPage()
  const compareUrl = `${lab.url}/compare?runs=${ids.join(',')}`
  await Promise.all([page.goto(`${lab.url}/experiments/${id}?figure=LEARNING_CURVES`), compare.goto(compareUrl)])
  await expect.poll(experimentStatus).toMatch(/queued/i)
  await expect.poll(() => compare.getByRole('heading', { level: 1 }).innerText()).toBe(`Compare ${RUNS} runs`)
  await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id: blocker })
  await expect.poll(experimentStatus).toMatch(/completed/i)

  const described = () => compare.locator('[data-testid="line-chart"] figcaption').innerText()
  const runsAtTheirEnd = async () => [...(await described()).matchAll(new RegExp(` at epoch ${EPOCHS}, lowest `, 'g'))].length
  await expect.poll(pointsShown).toBe(RUNS * EPOCHS)
  await expect.poll(runsAtTheirEnd).toBe(RUNS)
  const watched = { table: await curves(), comparison: await described() }
  await Promise.all([page.reload(), compare.reload()])
  await expect.poll(pointsShown).toBe(RUNS * EPOCHS)
  await expect.poll(runsAtTheirEnd).toBe(RUNS)
  expect(watched).toEqual({ table: await curves(), comparison: await described() })
  await compare.close()
})

async function launchRuns(name: string, configs: readonly unknown[]): Promise<string[]> {
  return runsOf(
    await launchExperiment(
      name,
      configs.map((config, index) => ({ label: `${index}`, config })),
    ),
  )
}

async function runsOf(id: string): Promise<string[]> {
  const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
  return experiment.runs.map((run: { id: string }) => run.id)
}

/** Rows of the figure's table as it is downloaded, without what tells of its origin. */
async function curves(): Promise<string[]> {
  const button = page.getByRole('button', { name: /^Download learning curves$/i })
  if ((await button.count()) === 0) return []
  return (await savedLines(button)).slice(1)
}

const pointsShown = async () => (await curves()).length
