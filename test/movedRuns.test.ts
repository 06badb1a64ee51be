import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun } from './harness/runs.js'

useLabPage()

const UPDATE = 'mutation($id: ID!, $input: UpdateRunInput!) { updateRun(id: $id, input: $input) { id } }'
const update = (id: string, input: object) => query(lab.url, UPDATE, { id, input })
const rows = () => page.getByTestId('runs-table').locator('tbody tr')
const addressOf = (parameters: Record<string, string>) => `${lab.url}/runs?${new URLSearchParams(parameters)}`

it('a table of runs with a value shows one that trains once it matches, and is not read again for that, nor for its epochs', async () => {
  const { readings, epochs } = listen()
  const id = await launchRun({ name: 'Trains', epochs: ENDLESS, trainCount: 200 })
  await page.goto(addressOf({ q: 'tag = chosen and has psnr' }))
  await page.getByText('No run matches').waitFor()
  const read = readings.length
  await expect.poll(() => epochs(id).length).toBeGreaterThan(2)

  await update(id, { tags: ['chosen'] })
  await rows().filter({ hasText: 'Trains' }).waitFor()
  const begun = epochs(id).length
  await expect.poll(() => epochs(id).length).toBeGreaterThan(begun + 1)
  await update(id, { archived: true })
  await expect.poll(() => rows().count()).toBe(0)
  expect(readings.length).toBe(read)
})

it('a table in another order is read again when one of its runs has moved, and not for epochs that move none', async () => {
  const { readings, epochs } = listen()
  const id = await launchRun({ name: 'b trains', epochs: ENDLESS, trainCount: 200 })
  const other = await launchRun({ name: 'c waits', epochs: ENDLESS, trainCount: 200 })
  await page.goto(addressOf({ sort: 'name', q: 'psnr < 1000 or trains or waits' }))
  await expect.poll(() => rows().allInnerTexts()).toMatchObject([/b trains/, /c waits/].map((name) => expect.stringMatching(name)))
  const read = readings.length
  const begun = epochs(id).length
  await expect.poll(() => epochs(id).length).toBeGreaterThan(begun + 2)
  expect(readings.length).toBe(read)

  await update(other, { name: 'a waits' })
  await expect.poll(() => rows().allInnerTexts()).toMatchObject([/a waits/, /b trains/].map((name) => expect.stringMatching(name)))
  expect(readings.length).toBeGreaterThan(read)
})

/** Records how often the page reads its list, and which epochs of runs that train it is told of. */
function listen() {
  const readings: string[] = []
  const told: { readonly id: string; readonly epoch: number }[] = []
  page.on('request', (request) => {
    const operation = request.method() === 'POST' && request.url().endsWith('/graphql') && request.postDataJSON()?.operationName
    if (operation === 'Runs') readings.push(operation)
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const run = JSON.parse(String(payload)).payload?.data?.runsChanged?.run
      if (run) told.push({ id: run.id, epoch: run.summary.epochsCompleted })
    })
  })
  const epochs = (id: string) => [...new Set(told.flatMap((each) => (each.id === id ? [each.epoch] : [])))]
  return { readings, epochs }
}
