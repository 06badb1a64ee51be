import { expect, it } from 'vitest'
import { axeFindings, views } from './harness/axeFindings.js'
import { goByKey } from './harness/goByKey.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { idOf, isDrawnInView, live, reportNames, reportOfSizes, textsOf } from './harness/reports.js'

useLabPage()

it('by keys alone a report is begun, named, written, ordered, deleted and restored', async () => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const focus = (name: string) => page.getByRole('button', { name, exact: true }).focus()
  const type = async (text: string) => {
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('input, textarea'))).toBe(true)
    await page.keyboard.type(text)
  }
  await page.goto(`${lab.url}/glossary`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await goByKey('p', '/reports')
  await focus('New report')
  await press('Enter')
  await page.waitForURL(/\/reports\/[a-z0-9]+$/)
  await focus('Rename')
  await press('Enter')
  await type('By keys')
  await press('Enter')
  await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('By keys')
  await expect.poll(reportNames).toEqual(['By keys'])
  const id = await idOf('By keys')
  for (const text of ['One', 'Two', 'Three']) {
    await focus('Add text')
    await press('Enter')
    await page.getByRole('textbox', { name: 'Text' }).waitFor()
    await type(text)
    await press('Control+Enter')
    await page.getByRole('textbox', { name: 'Text' }).waitFor({ state: 'detached' })
    await page.getByText(text, { exact: true }).waitFor()
  }
  await expect.poll(() => textsOf(id)).toEqual(['One', 'Two', 'Three'])
  await focus('Move Three up')
  await press('Enter')
  await expect.poll(() => textsOf(id)).toEqual(['One', 'Three', 'Two'])
  // The button that moves it on has the focus.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move Three up')
  await press('Enter')
  await expect.poll(() => textsOf(id)).toEqual(['Three', 'One', 'Two'])
  await focus('Order')
  await press('Enter')
  await page.getByRole('list', { name: 'Blocks of the report' }).waitFor()
  await page.getByRole('button', { name: 'Move Three', exact: true }).focus()
  await press('Space')
  await page.getByText(/^Three is (taken up, at|over) place 1 of 3\.$/).waitFor({ state: 'attached' })
  // An arrow does nothing while places are measured.
  await expect
    .poll(
      async () => {
        if (await page.getByText('Three is over place 3 of 3.').isVisible()) await press('ArrowUp')
        else if (!(await page.getByText('Three is over place 2 of 3.').isVisible())) await press('ArrowDown')
        return page.getByText('Three is over place 2 of 3.').isVisible()
      },
      { interval: 1000 },
    )
    .toBe(true)
  await press('Space')
  await expect.poll(() => textsOf(id)).toEqual(['One', 'Three', 'Two'])
  await press('Escape')
  await focus('Delete')
  await press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete report' }).focus()
  await press('Enter')
  await page.waitForURL(/\/reports$/)
  await expect.poll(reportNames).toEqual([])
  await page.goto(`${lab.url}/reports/${id}`)
  await page.getByText('There is no such report').waitFor()
  await page.goto(`${lab.url}/storage`)
  await page.getByRole('button', { name: 'Restore By keys' }).focus()
  await press('Enter')
  await expect.poll(() => textsOf(id)).toEqual(['One', 'Three', 'Two'])
  await press('Control+k')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Search' }).fill('by keys')
  await page.getByRole('dialog').locator('[data-action]').filter({ hasText: 'By keys' }).waitFor()
  await press('Enter')
  await page.waitForURL(new RegExp(`/reports/${id}$`))
})

it('axe finds nothing on reports, wide and light or narrow and dark, and a phone has room for them', async () => {
  await reportOfSizes('A report with a name that is far too long for one line of a phone')
  const report = await idOf('A report with a name that is far too long for one line of a phone')
  const text = '# Heading\n\nSome text with [a link](https://example.org) and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |'
  await query(lab.url, 'mutation ($id: ID!, $text: String!) { changeReport(id: $id, change: { addText: { text: $text } }) { id } }', {
    id: report,
    text,
  })
  for (const { colorScheme, width } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    for (const path of ['/reports', `/reports/${report}`]) {
      await page.goto(`${lab.url}${path}`)
      if (path === '/reports') await page.getByTestId('reports').waitFor()
      else {
        await page.getByText('Some text with').waitFor()
        for (const index of [0, 1]) {
          await expect.poll(() => isDrawnInView(live().nth(index))).toBe(true)
        }
      }
      expect(await axeFindings(), `${path} ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} ${width}`).toBeLessThanOrEqual(width)
    }
  }
})
