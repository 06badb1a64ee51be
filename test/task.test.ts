import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { axeFindings, views } from './harness/axeFindings.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

/** Fills the form with points, which are learned in a second. */
async function openForm(): Promise<void> {
  await page.goto(`${lab.url}/new?preset=two-moons`)
  await page.getByRole('radio', { name: /^All 3 runs/ }).waitFor()
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('2')
}

async function prepare({ title, question, free }: { title: string; question: string; free: readonly string[] }): Promise<string> {
  await page.getByRole('button', { name: 'Prepare for a class' }).click()
  const dialog = page.getByRole('dialog', { name: 'Prepare for a class' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title)
  await dialog.getByRole('textbox', { name: 'Question' }).fill(question)
  for (const setting of free) {
    await dialog.getByRole('combobox', { name: 'What may be changed' }).fill(setting)
    await page.getByRole('option', { name: setting, exact: true }).click()
  }
  return dialog.getByRole('textbox', { name: 'Link' }).inputValue()
}

it('an experiment is prepared for a class: what is free can be changed, all else is told, and what was done leaves as one file', async () => {
  await openForm()
  const link = await prepare({ title: 'One number', question: 'Do more <epochs> help?', free: ['Epochs'] })
  expect(link).toMatch(new RegExp(`^${lab.url}/task\\?of=[\\w.-]+$`))

  await page.goto(link)
  await page.getByRole('heading', { level: 1, name: 'One number' }).waitFor()
  await page.getByText('Do more <epochs> help?').waitFor()
  expect(await page.getByRole('textbox', { name: 'Epochs', exact: true }).inputValue()).toBe('2')
  expect(await page.getByRole('textbox', { name: 'Batch size' }).count()).toBe(0)
  await page.getByText('Batch size', { exact: true }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Name of run 1' }).getAttribute('readonly')).not.toBeNull()
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('3')
  await page.getByRole('button', { name: 'Launch 3 runs' }).click()
  await page.getByRole('heading', { name: 'What you launched' }).waitFor()
  await page.getByTestId('experiment-figure').waitFor()
  const { experiments } = await query(lab.url, '{ experiments { nodes { name runs { label config { training { epochs batchSize } } } } } }')
  expect(experiments.nodes).toMatchObject([
    { name: 'One number', runs: Array(3).fill({ config: { training: { epochs: 3, batchSize: 50 } } }) },
  ])
  await expect.poll(() => page.getByText('All 3 runs completed').count()).toBe(1)

  await page.getByRole('textbox', { name: 'Your answer' }).fill('Hardly.')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await page.reload()
  await page.getByTestId('experiment-figure').waitFor()
  await expect.poll(() => page.getByText('All 3 runs completed').count()).toBe(1)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save what I did (HTML)' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  for (const part of ['By Ada.', 'Do more &lt;epochs&gt; help?', 'Hardly.', 'src="data:image/png;base64,', '&quot;epochs&quot;: 3']) {
    expect(file).toContain(part)
  }
  expect(file).not.toContain('It was not run.')
})

it('a link that is not whole says so, and axe finds nothing on a task, wide and light or narrow and dark', async () => {
  await page.goto(`${lab.url}/task?of=abc`)
  await page.getByText('This link is not whole').waitFor()
  await openForm()
  const link = await prepare({ title: 'Sizes', question: 'Which?', free: ['Epochs', 'Hidden widths'] })
  for (const { colorScheme, width } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    await page.goto(link)
    await page.getByRole('textbox', { name: 'Epochs', exact: true }).waitFor()
    // What is read anew is dimmed meanwhile.
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    expect(await axeFindings(), `${width}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})
