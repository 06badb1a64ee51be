import type { Request } from 'playwright-core'
import { expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

const load = () => page.getByTestId('lab-load').innerText()

it('the header counts the running runs as the lab does, through stopping and resuming on the page of one', async () => {
  const id = await launchRun({ epochs: ENDLESS })
  await page.goto(`${lab.url}/runs/${id}`)
  for (const round of ['first', 'second']) {
    await untilServerSays(id, 'RUNNING')
    await expect.poll(load, { message: `${round} time running` }).toBe('1 running')
    await page.getByRole('button', { name: 'Stop' }).click()
    await untilServerSays(id, 'STOPPED')
    await expect.poll(load, { message: `${round} time stopped` }).toBe('0 running')
    await page.getByRole('button', { name: 'Resume' }).click()
  }
  await untilServerSays(id, 'RUNNING')
  await expect.poll(load).toBe('1 running')
})

it('a table that is sorted by what changes all the time is read again every few seconds, not at every epoch', async () => {
  const id = await launchRun({ epochs: ENDLESS, trainCount: 100 })
  await untilServerSays(id, 'RUNNING')
  const readings: Request[] = []
  page.on('request', (request) => {
    if (request.postData()?.includes('query Runs(')) readings.push(request)
  })
  await page.goto(`${lab.url}/runs?sort=VALIDATION_LOSS`)
  await expect.poll(() => readings.filter((request) => request.timing().responseEnd >= 0).length).toBeGreaterThan(3)
  // As the browser has timed them: this process may hear of several at once. The first comes with the page, the second once it is followed.
  const times = readings.map((request) => request.timing().startTime)
  const pauses = times.slice(2).map((at, index) => at - (times[index + 1] ?? Number.NaN))
  expect(Math.min(...pauses)).toBeGreaterThan(3_000)
})
