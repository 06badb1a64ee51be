import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

it('a kept figure is kept anew as its page draws it now, or stays as it was where one thinks better of it', async () => {
  const run = await launchRun({ name: 'Two epochs', epochs: 2, trainCount: 200 })
  await untilServerSays(run, 'COMPLETED')
  const { createReport } = await query(lab.url, 'mutation { createReport(name: "Kept anew") { id } }')
  const { id } = createReport
  await query(lab.url, 'mutation ($id: ID!, $figure: NewFigureInput!) { addToReport(id: $id, figure: $figure) { id } }', {
    id,
    figure: { title: 'Losses', path: `/runs/${run}`, figure: 'losses', isLive: false, taken: { table: 'epoch,loss\r\n1,0.5\r\n' } },
  })
  const stored = async () => {
    const { report } = await query(lab.url, 'query ($id: ID!) { report(id: $id) { revision blocks { figure { isLive imageUrl } } } }', {
      id,
    })
    return { revision: report.revision, ...report.blocks[0].figure }
  }
  expect(await stored()).toEqual({ revision: 2, isLive: false, imageUrl: null })

  await page.goto(`${lab.url}/reports/${id}`)
  const figure = page.getByTestId('report-figure')
  const form = page.getByRole('form', { name: 'Figure Losses' })
  await figure.getByRole('cell', { name: '0.5' }).waitFor()
  const drawNow = async () => {
    await page.getByRole('button', { name: 'Edit Losses' }).click()
    await form.getByRole('radio', { name: 'As it is now' }).check()
    await expect.poll(() => page.getByTestId('live-figure').getAttribute('data-drawn')).toBe('true')
    await page.getByTestId('figure-origin').getByText('As it is now').waitFor()
  }
  await drawNow()
  await form.getByRole('button', { name: 'Close' }).click()
  await figure.getByRole('cell', { name: '0.5' }).waitFor()
  expect(await stored()).toEqual({ revision: 2, isLive: false, imageUrl: null })

  await drawNow()
  await form.getByRole('button', { name: 'Save figure' }).click()
  await form.waitFor({ state: 'detached' })
  await expect.poll(stored).toEqual({ revision: 3, isLive: false, imageUrl: expect.stringMatching(/\.png$/) })
  const widthOf = () => figure.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)
  await expect.poll(widthOf).toBeGreaterThan(300)
  await page
    .getByTestId('figure-origin')
    .getByText(/^As it was on/)
    .waitFor()
})
