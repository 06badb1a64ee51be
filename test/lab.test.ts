import { describe, expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, shownEpoch, untilServerSays } from './harness/runs.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage()

describe('the table of runs', () => {
  it('is live, and lays the curves of selected runs over each other', async () => {
    await page.goto(`${lab.url}/`)
    await page.getByLabel('No runs yet').waitFor()
    await launchRun({ name: 'First' })
    await launchRun({ name: 'Second' })
    const table = page.getByTestId('runs-table')
    await expect.poll(() => table.getByText('Completed').count()).toBe(2)
    expect(await namesWithoutTerm(page)).toEqual([])
    const rows = await table.innerText()
    expect(rows.indexOf('Second')).toBeLessThan(rows.indexOf('First'))
    await page.getByLabel('Select First').check()
    await page.getByLabel('Select Second').check()
    const dock = page.getByTestId('selection')
    await expect
      .poll(() => dock.locator('figcaption').innerText())
      .toMatch(/First.*lowest[\s\S]*Second.*lowest|Second.*lowest[\s\S]*First.*lowest/)
    await dock.getByRole('link', { name: 'Compare' }).click()
    await page.waitForURL(/\/compare\?runs=/)
    await page.getByRole('table', { name: 'Comparison' }).waitFor()
  })
})

describe('an address', () => {
  it('of no run says so and leads back', async () => {
    await page.goto(`${lab.url}/runs/nothing-here`)
    await page.getByTestId('run-missing').waitFor()
    await page.getByTestId('run-missing').getByRole('link').first().click()
    await page.waitForURL(`${lab.url}/`)
  })

  it('of an epoch that there is not is corrected to the nearest', async () => {
    const id = await launchRun({ epochs: 2 })
    await untilServerSays(id, 'COMPLETED')
    await page.goto(`${lab.url}/runs/${id}?epoch=99999`)
    await expect.poll(() => new URL(page.url()).searchParams.get('epoch')).toBe('2')
    await expect.poll(shownEpoch).toBe(2)
    await page.goto(`${lab.url}/runs/${id}?epoch=-1`)
    await expect.poll(() => new URL(page.url()).searchParams.get('epoch')).toBe('1')
    await expect.poll(shownEpoch).toBe(1)
  })

  it.each([
    ['preset=sparse-42', /sparse-42.*First look.*Two moons/s],
    ['from=nothing-here', /nothing-here.*table of runs/s],
  ])('that launches from what there is not says so and offers the defaults: %s', async (search, notice) => {
    await page.goto(`${lab.url}/new?${search}`)
    await expect.poll(() => page.getByTestId('source-notice').innerText()).toMatch(notice)
    await expect.poll(() => page.getByLabel('Code size').inputValue()).toBe('32')
    await expect.poll(() => page.getByRole('combobox', { name: 'Start from' }).inputValue()).toBe('Defaults')
  })

  it('that compares no run there is says which it named and leads back, and with some of them shows the others', async () => {
    const id = await launchRun()
    await page.goto(`${lab.url}/compare?runs=gone-1,gone-2`)
    const nothing = page.getByLabel('Nothing to compare')
    await expect.poll(() => nothing.innerText()).toMatch(/gone-1.*gone-2/)
    expect(await page.getByTestId('line-chart').count()).toBe(0)
    await page.goto(`${lab.url}/compare?runs=${id},gone-1`)
    await page.getByText(/There is no run .gone-1./).waitFor()
    await page.getByRole('table', { name: 'Comparison' }).getByText('Add another run').waitFor()
    await page.getByRole('button', { name: 'Take out' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('runs')).toBe(id)
    await page.goto(`${lab.url}/compare?runs=gone-1`)
    await nothing.getByRole('link').click()
    await page.waitForURL(`${lab.url}/`)
  })
})
