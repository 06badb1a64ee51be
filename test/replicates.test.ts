import { describe, expect, it } from 'vitest'
import { configOfSize, experimentStatus } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { savedLines } from './harness/saveFigure.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage()

describe('an experiment over several seeds', () => {
  it('is launched from the gallery, and counts what was expected by seeds', async () => {
    await page.goto(`${lab.url}/experiments`)
    await page.getByRole('textbox', { name: 'Seeds' }).fill('2')
    await page.getByRole('button', { name: 'Launch the quick version of Two moons, one code unit' }).click()
    await page.waitForURL(/\/experiments\/[^/]+$/)
    const table = page.getByRole('table', { name: 'Runs of the experiment' })
    const names = () => table.locator('tbody').getByRole('link').allInnerTexts()
    await expect.poll(names).toHaveLength(2)
    await expect.poll(async () => (await names()).join(' ')).toMatch(/z = 1, seed 1[\s\S]*z = 1, seed 2/)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await expect.poll(() => table.locator('[data-group="z = 1"]').innerText()).toMatch(/2 of 2 seeds\s+[\d.]+ ± [\d.]+/)
  })

  it('shows means and differences of settings, and a band where it draws a line', async () => {
    const LAUNCH = 'mutation($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
    const runs = [8, 2].map((size) => ({ label: `z = ${size}`, config: configOfSize(size, { epochs: 2, trainCount: 500 }) }))
    const { launchExperiment } = await query(lab.url, LAUNCH, { input: { name: 'Sizes', runs, seeds: { count: 3 } } })
    await page.goto(`${lab.url}/experiments/${launchExperiment.id}`)
    await expect.poll(experimentStatus).toMatch(/completed/i)
    const means = page.getByRole('table', { name: 'Over seeds' })
    await expect
      .poll(() => means.locator('[data-setting="z = 2"]').innerText())
      .toMatch(/3\s+[\d.]+ ± [\d.e-]+\s+\+[\d.]+ \([\d.]+ to [\d.]+\), 3 seeds/)
    await expect.poll(() => means.locator('[data-setting="z = 8"]').innerText()).toMatch(/–$/)
    await page.getByRole('combobox', { name: 'Compare with' }).click()
    await page.getByRole('option', { name: 'z = 2' }).click()
    await expect.poll(() => means.locator('[data-setting="z = 8"]').innerText()).toMatch(/−[\d.]+ \(−/)
    await expect.poll(() => page.getByText('Mean + s.d.').count()).toBeGreaterThan(0)
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])

    const section = page.locator('section').filter({ has: page.locator('#experiment-error') })
    const [columns, ...rows] = await savedLines(section.getByRole('button', { name: /^Download/ }))
    expect(columns).toMatch(/^run,label,seed,code size,/)
    expect(rows.map((row) => row.split(',').at(-1)).length).toBe(6)
  })

  it('is given other values of what it varies, which an open page shows, and runs of Compare are saved as one', async () => {
    const LAUNCH = 'mutation($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
    const runs = [8, 2].map((size) => ({ label: `z = ${size}`, config: configOfSize(size, { epochs: 1, trainCount: 200 }) }))
    const { launchExperiment } = await query(lab.url, LAUNCH, { input: { name: 'Grows', runs } })
    await page.goto(`${lab.url}/experiments/${launchExperiment.id}`)
    await page.getByRole('button', { name: 'Add runs' }).click()
    await page.getByText('Other values of code size').click()
    const values = page.getByRole('combobox', { name: 'Values of code size' })
    await values.fill('4')
    await values.press('Enter')
    await page.getByRole('button', { name: 'Add 1 run' }).click()
    const table = page.getByRole('table', { name: 'Runs of the experiment' })
    const names = () => table.locator('tbody').getByRole('link').allInnerTexts()
    await expect.poll(async () => (await names()).join(' ')).toMatch(/z = 8[\s\S]*z = 2[\s\S]*z = 4/)
    // What somebody else adds is shown as well.
    const ADD = 'mutation($id: ID!) { addToExperiment(id: $id, added: { seeds: 1 }) { id } }'
    await query(lab.url, ADD, { id: launchExperiment.id })
    await expect.poll(names).toHaveLength(6)

    const RUN = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
    const { launchRun } = await query(lab.url, RUN, { input: { name: 'Alone', config: configOfSize(3, { epochs: 1, trainCount: 200 }) } })
    await page.goto(`${lab.url}/compare?runs=${launchRun.id}`)
    await page.getByRole('button', { name: 'Save as experiment' }).click()
    await page.getByRole('textbox', { name: 'Name of the experiment' }).fill('Chosen')
    await page.getByRole('button', { name: 'Save experiment' }).click()
    await page.waitForURL(/\/experiments\/[^/]+$/)
    await expect.poll(async () => (await names()).join(' ')).toMatch(/Alone/)
    await page.goto(`${lab.url}/compare?runs=${launchRun.id}`)
    await page.getByRole('button', { name: 'Save as experiment' }).click()
    await page.getByRole('textbox', { name: 'Name of the experiment' }).fill('Again')
    await page.getByRole('button', { name: 'Save experiment' }).click()
    await page
      .getByRole('alert')
      .getByText(/Expected runs that belong to no experiment, got #\d+ "Alone", which belongs to "Chosen"/)
      .waitFor()
  })

  it('of a configuration of one’s own has a run for each seed', async () => {
    await page.goto(`${lab.url}/new`)
    await page.getByRole('textbox', { name: 'Training examples' }).fill('200')
    await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('1')
    await page.getByRole('textbox', { name: 'Seeds' }).fill('2')
    await page.getByRole('button', { name: /^Launch/ }).click()
    await page.waitForURL(/\/experiments\/[^/]+$/)
    const table = page.getByRole('table', { name: 'Runs of the experiment' })
    await expect.poll(async () => (await table.locator('tbody').getByRole('link').allInnerTexts()).join(' ')).toMatch(/seed 1[\s\S]*seed 2/)
  })
})
