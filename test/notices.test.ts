import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { query, startLab } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const EPOCHS = 'query($id: ID!) { run(id: $id) { summary { epochsCompleted } } }'
/** As many epochs as a run may have. */
const endless = {
  data: { dataset: 'circle', trainCount: 300, testCount: 100 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
  training: { epochs: 10_000, batchSize: 20 },
}

/** Seconds over which requests are counted. */
const PERIOD = 20

it('what the lab waits for stands on every page while it does, with what to do, and is gone when it is gone', async () => {
  await using lab = await startLab()
  await using page = await openPage()
  const { launchRun } = await query(lab.url, LAUNCH, { input: { config: endless } })
  const epochs = async () => (await query(lab.url, EPOCHS, { id: launchRun.id })).run.summary.epochsCompleted
  await expect.poll(epochs).toBeGreaterThan(0)
  await page.goto(`${lab.url}/runs`)
  await page.getByTestId('lab-load').waitFor()
  const obstacle = page.locator('[data-obstacle="STORE_BUSY"]')
  expect(await obstacle.count()).toBe(0)

  const database = new SqliteDatabase(join(lab.data, 'hourglass.db'), { timeout: 30_000 })
  database.exec('BEGIN IMMEDIATE')
  await obstacle.waitFor()
  expect(await obstacle.innerText()).toMatch(/another program holds the write lock.*Close what has the database open/s)
  await page.getByRole('link', { name: 'New run' }).first().click()
  await page.waitForURL('**/new')
  await obstacle.waitFor()
  // One that is opened now says so too.
  await using second = await openPage()
  await second.goto(`${lab.url}/experiments`)
  await second.locator('[data-obstacle="STORE_BUSY"]').waitFor()

  database.exec('ROLLBACK')
  database.close()
  await obstacle.waitFor({ state: 'detached' })
  await second.locator('[data-obstacle]').waitFor({ state: 'detached' })
})

it('a browser that asked for too much is told so and when it is answered again, and its page goes on by itself', async () => {
  await using lab = await startLab({ env: { HOURGLASS_CLIENT_LIMITS: '0.1', HOURGLASS_CLIENT_PERIOD: String(PERIOD) } })
  await using page = await openPage()
  await page.goto(`${lab.url}/runs`)
  await page.getByTestId('lab-load').waitFor()
  await page.evaluate(async (enough) => {
    const ask = () =>
      fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' })
    // Until it is refused for long enough yet: a period that is about to end would be over before the page asks for something.
    for (;;) {
      const { status, headers } = await ask()
      if (status === 429 && Number(headers.get('retry-after')) > enough) return
      if (status === 429) await new Promise((later) => setTimeout(later, 200))
    }
  }, PERIOD - 5)
  await page.getByRole('link', { name: 'Experiments' }).first().click()
  const refused = page.locator('[data-refused="requests"]')
  await refused.waitFor()
  expect(await refused.innerText()).toMatch(/Too much for one browser at a time \(requests\): the lab answers it again in \d+ s/)
  await refused.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Experiments' }).first().waitFor()
})
