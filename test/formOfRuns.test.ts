import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

const RUNS =
  '{ experiments { nodes { name runs { label config { training { epochs } architecture { dense { latentDimension codeActivation } } } } } } }'

it('an experiment of the chapter is whole in the form: what all share is edited at once, one run alone, runs are added and left out', async () => {
  await page.goto(`${lab.url}/new?preset=sparse`)
  const all = page.getByRole('radio', { name: 'All 4 runs' })
  await all.waitFor()
  expect(await all.isChecked()).toBe(true)
  const names = () =>
    page.getByRole('textbox', { name: /^Name of run/ }).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
  expect(await names()).toEqual(['no penalty', 'KL, target 0.05', 'KL, target 0.01', 'L1'])
  await page.getByText('Differs: None, Sparse (KL), Sparse (L1).').waitFor()
  await expect
    .poll(() => page.getByRole('complementary', { name: 'Summary' }).innerText())
    .toMatch(/Time\s+about .*Memory\s+about .*Disk\s+about/s)

  // What all share.
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('1')
  await page.getByRole('textbox', { name: 'Code size' }).fill('16')
  await page.getByRole('textbox', { name: 'Training examples' }).fill('100')
  // One alone, and one more like it.
  await page.getByRole('radio', { name: 'Edit run 3, KL, target 0.01, alone' }).check()
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('2')
  await page.getByRole('button', { name: 'Add a run like this one' }).click()
  await page.getByRole('textbox', { name: 'Name of run 5' }).fill('L1')
  await page.getByRole('button', { name: 'Leave out run 2, KL, target 0.05' }).click()
  await page.getByRole('button', { name: 'Launch 4 runs' }).click()
  await page.getByText('Two runs are called “L1”. Give each a name of its own.').waitFor()
  await page.getByRole('textbox', { name: 'Name of run 4' }).fill('longer')

  // A reload loses nothing.
  await page.reload()
  await expect.poll(names).toEqual(['no penalty', 'KL, target 0.01', 'L1', 'longer'])
  await page.getByText('Differs: 1, 2.').waitFor()
  await page.getByRole('button', { name: 'Launch 4 runs' }).click()
  await page.waitForURL(/\/experiments\/[^/]+$/)
  const { experiments } = await query(lab.url, RUNS)
  const [{ name, runs }] = experiments.nodes
  expect(name).toBe('Sparse autoencoders')
  const told = runs.map(
    ({ label, config }: { label: string; config: { training: { epochs: number }; architecture: { dense: object } } }) => [
      label,
      config.training.epochs,
      config.architecture.dense,
    ],
  )
  expect(told).toEqual([
    ['no penalty', 1, { latentDimension: 16, codeActivation: 'SIGMOID' }],
    ['KL, target 0.01', 2, { latentDimension: 16, codeActivation: 'SIGMOID' }],
    ['L1', 1, { latentDimension: 16, codeActivation: 'RELU' }],
    ['longer', 2, { latentDimension: 16, codeActivation: 'SIGMOID' }],
  ])
})

it('runs that differ are listed one by one from a single one, and made the same again', async () => {
  await page.goto(`${lab.url}/new`)
  await page.getByRole('button', { name: 'List runs one by one' }).click()
  await page.getByRole('radio', { name: 'All 2 runs' }).waitFor()
  await page.getByRole('textbox', { name: 'Code size' }).fill('3')
  await page.getByRole('radio', { name: 'All 2 runs' }).check()
  await page.getByText(/^Differs: \d+, 3\.$/).waitFor()
  await page.getByRole('button', { name: /^Give all runs \d+$/ }).click()
  await page.getByText(/^Differs:/).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('button', { name: 'Launch run', exact: true }).waitFor()
})

it('a mistake in one of several runs is shown where it is', async () => {
  await page.goto(`${lab.url}/new?preset=two-moons`)
  await page.getByRole('radio', { name: /^Edit run 2, .*alone$/ }).check()
  await page.getByRole('textbox', { name: 'Batch size' }).fill('0')
  await page.getByRole('radio', { name: /^All 3 runs/ }).check()
  await page.getByRole('button', { name: /^Launch/ }).click()
  await expect.poll(() => page.getByRole('radio', { name: /^Edit run 2/ }).isChecked()).toBe(true)
  expect(await page.getByRole('textbox', { name: 'Batch size' }).getAttribute('aria-invalid')).toBe('true')
  expect((await query(lab.url, '{ experiments { totalCount } }')).experiments.totalCount).toBe(0)
})
