import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { answersTo } from './harness/answersTo.js'
import { launchSizes } from './harness/experiments.js'
import { goByKey } from './harness/goByKey.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

useLabPage()

const figures = () => page.getByTestId('report-figure')
const live = () => page.getByTestId('live-figure')
const titles = () => page.getByRole('heading', { level: 2 }).allInnerTexts()
const isDrawn = async (of: Locator) => (await of.getAttribute('data-drawn')) === 'true'
/** A live figure is drawn where it is near the window, and may be pushed out of it by those above, which grow as they are drawn. */
const isDrawnInView = async (of: Locator) => {
  await of.scrollIntoViewIfNeeded()
  return isDrawn(of)
}

/** Puts a figure of the page that is open into a report, by its menu. */
async function addFigure(what: string, { report, isLive = false }: { readonly report: string; readonly isLive?: boolean }): Promise<void> {
  await page.getByRole('button', { name: `Download ${what}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add to a report…' }).click()
  const dialog = page.getByRole('dialog', { name: `Add ${what} to a report` })
  const name = dialog.getByRole('textbox', { name: 'Name of the new report' })
  const isThere = (await reportNames()).includes(report)
  if (isThere) await dialog.getByRole('combobox', { name: 'Report' }).selectOption({ label: report })
  else {
    await dialog.getByRole('combobox', { name: 'Report' }).selectOption({ label: 'A new report' })
    await name.fill(report)
  }
  if (isLive) await dialog.getByRole('radio', { name: /^Live/ }).check()
  await dialog.getByRole('button', { name: 'Add to the report' }).click()
  await dialog.waitFor({ state: 'detached' })
}

const reportNames = async (): Promise<string[]> =>
  (await query(lab.url, '{ reports { name } }')).reports.map(({ name }: { name: string }) => name)

async function idOf(report: string): Promise<string> {
  const { reports } = await query(lab.url, '{ reports { id name } }')
  return reports.find(({ name }: { name: string }) => name === report).id
}

async function begin(name: string, texts: readonly string[] = []): Promise<string> {
  const { createReport } = await query(lab.url, 'mutation ($name: String!) { createReport(name: $name) { id } }', { name })
  for (const text of [...texts].reverse()) {
    await query(lab.url, 'mutation ($id: ID!, $text: String!) { changeReport(id: $id, change: { addText: { text: $text } }) { id } }', {
      id: createReport.id,
      text,
    })
  }
  return createReport.id
}

const textsOf = async (id: string): Promise<string[]> =>
  (await query(lab.url, 'query ($id: ID!) { report(id: $id) { blocks { text figure { title } } } }', { id })).report.blocks.map(
    ({ text, figure }: { text: string | null; figure: { title: string } | null }) => text ?? `[${figure?.title}]`,
  )

it('a report has kept figures and live ones with text between them, is the same in another browser, and leaves as one file that opens alone', async () => {
  const experiment = await launchSizes([8, 2])
  const { runs } = (await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id: experiment })).experiment
  const [first = '', second = ''] = runs.map(({ id }: { id: string }) => id)
  for (const id of [first, second]) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/compare?runs=${first},${second}&scale=log`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  await addFigure('curves', { report: 'Bottlenecks' })
  await addFigure('table', { report: 'Bottlenecks' })
  await page.getByRole('button', { name: 'Download images', exact: true }).waitFor()
  await addFigure('images', { report: 'Bottlenecks', isLive: true })
  await page.getByRole('link', { name: 'Open the report' }).first().click()
  await page.waitForURL(/\/reports\//)
  await expect.poll(() => figures().count()).toBe(3)
  await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Bottlenecks')

  await page
    .getByRole('button', { name: /^Add text below/ })
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Both fall, and **the wider** further.\n\n<script>alert(1)</script>')
  await page.getByRole('button', { name: 'Save text' }).click()
  await page.getByRole('textbox', { name: 'Text' }).waitFor({ state: 'detached' })
  await page.getByText('Both fall, and').waitFor()
  const id = await idOf('Bottlenecks')
  expect((await textsOf(id)).map((text) => text.slice(0, 9))).toEqual(['[Curves o', 'Both fall', '[Settings', '[The same'])

  await page.reload()
  await expect.poll(() => isDrawnInView(live())).toBe(true)
  await expect.poll(() => live().locator('canvas').count()).toBeGreaterThan(8)
  const seen = await titles()

  const other = await page.context().browser()?.newContext()
  const reader = await other?.newPage()
  await reader?.goto(`${lab.url}/reports/${id}`)
  await reader?.getByText('Both fall, and').waitFor()
  expect(await reader?.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(seen)
  const kept = reader?.locator('img').first()
  await expect.poll(() => kept?.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(600)
  expect(await kept?.getAttribute('alt')).toMatch(/by epoch\..*from .* to /)
  await reader?.getByRole('table').last().locator('td').first().waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download', exact: true }).click()])
  expect(download.suggestedFilename()).toBe('bottlenecks.html')
  const file = `${await download.path()}.html`
  await download.saveAs(file)
  const html = await readFile(file, 'utf8')
  expect(html).not.toMatch(/<script|(?:src|href)="(?!data:|#)/)
  const asked: string[] = []
  await reader?.route(/^(?!file:|data:)/, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await other?.setOffline(true)
  await reader?.goto(pathToFileURL(file).href)
  const opened = await reader?.evaluate(() => ({
    images: Array.from(document.images, ({ complete, naturalWidth, alt }) => complete && naturalWidth > 300 && alt !== ''),
    titles: Array.from(document.querySelectorAll('h2'), ({ textContent }) => textContent),
    rows: document.querySelectorAll('tbody tr').length,
    bold: document.querySelector('.text strong')?.textContent,
    numbers: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[download]'), ({ href }) =>
      decodeURIComponent(href.split(',')[1] ?? ''),
    ),
    text: document.body.innerText,
  }))
  expect(opened?.images).toEqual([true, true])
  expect(opened?.titles).toEqual(seen)
  expect(opened?.rows).toBe(2)
  expect(opened?.bold).toBe('the wider')
  expect(opened?.numbers[0]).toMatch(/^# Hourglass: Curves of run/)
  expect(opened?.text).toMatch(/Report \d+, written .* by Hourglass/)
  expect(asked).toEqual([])
  await other?.close()
})

it('a live figure moves on with its run, is kept when that is wanted, and says when its run is deleted', async () => {
  const run = await launchRun({ name: 'Trains on', epochs: ENDLESS, trainCount: 200 })
  await page.goto(`${lab.url}/runs/${run}`)
  await page.getByRole('button', { name: 'Download losses', exact: true }).waitFor()
  await addFigure('losses', { report: 'Progress', isLive: true })
  const id = await idOf('Progress')
  await page.goto(`${lab.url}/reports/${id}`)
  await expect.poll(() => isDrawnInView(live())).toBe(true)
  // What it shows is told by the figure itself, to the last epoch.
  const lastEpoch = async () => Number(/ at epoch (\d+), lowest/.exec((await live().locator('figcaption').innerText()) ?? '')?.[1] ?? 0)
  const before = await lastEpoch()
  await expect.poll(lastEpoch).toBeGreaterThan(before + 2)
  expect(await page.getByTestId('figure-origin').innerText()).toMatch(/^Live/)
  expect(await page.evaluate(() => document.title)).toBe('Progress · Hourglass')
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)

  await page.getByRole('button', { name: /^Edit Losses/ }).click()
  await page.getByRole('radio', { name: 'As it is now' }).check()
  await page.getByRole('textbox', { name: 'Caption' }).fill('So far.')
  await page.getByRole('button', { name: 'Save figure' }).click()
  await page.getByText('So far.', { exact: true }).and(page.locator('p')).waitFor()
  await expect.poll(() => live().count()).toBe(0)
  expect(await page.getByTestId('figure-origin').innerText()).toMatch(/^As it was on/)
  await page.getByRole('button', { name: /^Edit Losses/ }).click()
  await page.getByRole('radio', { name: 'Live' }).check()
  await page.getByRole('button', { name: 'Save figure' }).click()
  await expect.poll(() => isDrawnInView(live())).toBe(true)

  await query(lab.url, 'mutation ($id: ID!) { deleteRuns(ids: [$id]) }', { id: run })
  await page.getByRole('status').getByText('This run has been deleted.').waitFor()
  expect(await isDrawn(live())).toBe(false)
  await expect
    .poll(() =>
      live()
        .locator('img')
        .evaluate((image) => (image as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(300)
  expect(await page.getByTestId('figure-origin').innerText()).toMatch(/^As it was on/)
})

it('what two people write at once is lost by neither, and a text that was taken out is put back', async () => {
  const id = await begin('Written by two', ['First', 'Second'])
  await page.goto(`${lab.url}/reports/${id}`)
  await page.getByRole('button', { name: 'Edit First' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Mine')
  const { blocks } = (await query(lab.url, 'query ($id: ID!) { report(id: $id) { blocks { id } } }', { id })).report
  const [first] = blocks
  const change = (value: unknown) =>
    query(lab.url, 'mutation ($id: ID!, $change: ReportChangeInput!) { changeReport(id: $id, change: $change) { id } }', {
      id,
      change: value,
    })
  await change({ writeText: { block: first.id, text: 'Theirs', before: 'First' } })
  await page.getByText('Somebody changed the text meanwhile').waitFor()
  await page.getByRole('button', { name: 'Put mine below' }).click()
  await change({ remove: first.id })
  await page.getByText('Somebody took out the text that you write in').waitFor()
  await page.getByRole('button', { name: 'Put it back and go on' }).click()
  await page.getByRole('button', { name: 'Save text' }).click()
  await expect.poll(() => textsOf(id)).toEqual(['Theirs\n\nMine', 'Second'])
  // What is typed outlives the page.
  await page.getByRole('button', { name: 'Edit Second' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Not saved yet')
  await page.reload()
  expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('Not saved yet')
  await page.getByRole('button', { name: 'Discard changes' }).click()

  await page.getByRole('button', { name: 'Take Second out' }).click()
  await expect.poll(() => textsOf(id)).toEqual(['Theirs\n\nMine'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => textsOf(id)).toEqual(['Theirs\n\nMine', 'Second'])
  // Whoever looks is told what becomes of it elsewhere, without all of it being sent again and again.
  const answers = answersTo(page)
  await change({ name: 'Renamed by somebody' })
  await page.getByRole('heading', { level: 1, name: 'Renamed by somebody' }).waitFor()
  await expect.poll(() => answers.filter(({ operation }) => operation === 'Report').length).toBe(1)
  await query(lab.url, 'mutation ($ids: [ID!]!) { deleteReports(ids: $ids) { id } }', { ids: [id] })
  await page.getByText('This report has been deleted').waitFor()
})

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
  expect(await textsOf(id)).toEqual(['One', 'Two', 'Three'])
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
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const findings = async () => {
    await page.evaluate(source)
    const { violations } = await page.evaluate((values) => axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags)
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} · ${target.join(' ')}`))
  }
  const experiment = await launchSizes([8, 2])
  const { runs } = (await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id: experiment })).experiment
  const ids: string[] = runs.map(({ id }: { id: string }) => id)
  for (const id of ids) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/compare?runs=${ids.join(',')}`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  await addFigure('curves', { report: 'A report with a name that is far too long for one line of a phone' })
  await addFigure('table', { report: 'A report with a name that is far too long for one line of a phone', isLive: true })
  await page.goto(`${lab.url}/experiments/${experiment}`)
  await addFigure('test errors', { report: 'A report with a name that is far too long for one line of a phone', isLive: true })
  const report = await idOf('A report with a name that is far too long for one line of a phone')
  const text = '# Heading\n\nSome text with [a link](https://example.org) and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |'
  await query(lab.url, 'mutation ($id: ID!, $text: String!) { changeReport(id: $id, change: { addText: { text: $text } }) { id } }', {
    id: report,
    text,
  })
  for (const { colorScheme, width } of [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 390 },
  ] as const) {
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
      expect(await findings(), `${path} ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} ${width}`).toBeLessThanOrEqual(width)
    }
  }
})
