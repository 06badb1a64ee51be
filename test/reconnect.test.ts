import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type CuttableProxy, startCuttableProxy } from './harness/cuttableProxy.js'
import { launchExperiment } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

const RENAME = 'mutation($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'
const RENAME_EXPERIMENT = 'mutation($id: ID!, $name: String!) { updateExperiment(id: $id, input: { name: $name }) { id } }'
const config = {
  data: { dataset: 'circle', trainCount: 300, testCount: 100 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
  training: { epochs: 1, batchSize: 256 },
}

it('a table that lost its connection gets each change of meanwhile once, and reads nothing again', async () => {
  const id = await launchExperiment(
    'Before',
    ['first', 'second', 'third'].map((label) => ({ label, config })),
  )
  const [renamed, deleted] = await runsOf(id)
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(proxy.url)
  await page.getByText('third · Before').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  for (const name of ['Once', 'Twice']) await query(lab.url, RENAME, { id: renamed, name })
  await query(lab.url, 'mutation($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [deleted] })
  const added = await launchExperiment('Meanwhile', [{ label: 'new', config }])
  await expect.poll(() => statusesOf(added)).toEqual(['COMPLETED'])
  const before = heard.changed.length
  proxy.mend()

  await page.getByText('Meanwhile').first().waitFor()
  await page.getByText('Twice').first().waitFor()
  await expect.poll(() => page.getByText('second · Before').count()).toBe(0)
  const told = heard.changed.slice(before)
  for (const run of [renamed, deleted, ...(await runsOf(added))]) expect(told.filter((other) => other === run)).toHaveLength(1)
  expect(heard.operations.slice(asked)).not.toContain('Runs')
})

it('a table in an order that only the server knows is read again after a change, and not for the connection', async () => {
  const id = await launchExperiment(
    'Sorted',
    ['b', 'c'].map((label) => ({ label, config })),
  )
  const [first] = await runsOf(id)
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED', 'COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(`${proxy.url}/?sort=NAME&direction=ASC`)
  await page.getByText('c · Sorted').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  proxy.mend()
  await expect.poll(() => heard.opened).toBe(2)
  // What is asked for on the way back is asked for by now.
  await expect.poll(() => heard.operations.slice(asked)).toContain('Lab')
  expect(heard.operations.slice(asked)).not.toContain('Runs')

  await loseConnection(proxy)
  await query(lab.url, RENAME, { id: first, name: 'd' })
  proxy.mend()
  await expect.poll(() => heard.operations.slice(asked)).toContain('Runs')
  await page.getByText('d', { exact: true }).first().waitFor()
})

it('a list of experiments that lost its connection gets each change of meanwhile once, and reads nothing again', async () => {
  const id = await launchExperiment('Kept', [{ label: 'only', config }])
  await expect.poll(() => statusesOf(id)).toEqual(['COMPLETED'])
  await using proxy = await startCuttableProxy(lab.url)
  const heard = listen(page)
  await page.goto(`${proxy.url}/experiments`)
  await page.getByText('Kept').first().waitFor()
  await expect.poll(() => heard.opened).toBe(1)

  await loseConnection(proxy)
  const asked = heard.operations.length
  for (const name of ['Once', 'Twice']) await query(lab.url, RENAME_EXPERIMENT, { id, name })
  const added = await launchExperiment('Meanwhile', [{ label: 'new', config }])
  await expect.poll(() => statusesOf(added)).toEqual(['COMPLETED'])
  const before = heard.changed.length
  proxy.mend()

  await page.getByText('Twice').first().waitFor()
  await page.locator(`[data-experiment="${added}"]`).waitFor()
  const told = heard.changed.slice(before)
  for (const experiment of [id, added]) expect(told.filter((other) => other === experiment)).toHaveLength(1)
  expect(heard.operations.slice(asked)).not.toContain('Experiments')
})

async function loseConnection(proxy: CuttableProxy): Promise<void> {
  proxy.cut()
  await page.locator('[data-connection="lost"]').waitFor({ state: 'attached' })
}

/** Records what a page asks for, which sockets it opens and which rows it is told to have changed. */
function listen(watched: Page) {
  const heard = { operations: [] as string[], changed: [] as string[], opened: 0 }
  watched.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return
    heard.operations.push(String(request.postDataJSON()?.operationName))
  })
  watched.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const { type, payload: sent } = JSON.parse(String(payload))
      if (type === 'connection_ack') heard.opened += 1
      const id = sent?.data?.runsChanged?.id ?? sent?.data?.experimentsChanged?.id
      if (id !== undefined) heard.changed.push(id)
    })
  })
  return heard
}

async function runsOf(id: string): Promise<string[]> {
  const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
  return experiment.runs.map((run: { id: string }) => run.id)
}

async function statusesOf(id: string): Promise<string[]> {
  const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { status } } }', { id })
  return experiment.runs.map((run: { status: string }) => run.status)
}
