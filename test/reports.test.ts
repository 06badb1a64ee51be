import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { answersTo } from './harness/answersTo.js'
import { launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'
import { addFigure, figures, idOf, isDrawn, isDrawnInView, live, textsOf, titles } from './harness/reports.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

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
  await expect
    .poll(async () => (await textsOf(id)).map((text) => text.slice(0, 9)))
    .toEqual(['[Curves o', 'Both fall', '[Settings', '[The same'])

  await page.reload()
  await expect.poll(() => isDrawnInView(live())).toBe(true)
  await expect.poll(() => live().locator('canvas').count()).toBeGreaterThan(8)
  const seen = await titles()

  const reader = await openPage()
  await reader.goto(`${lab.url}/reports/${id}`)
  await reader.getByText('Both fall, and').waitFor()
  await expect.poll(() => reader.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(seen)
  const kept = reader.locator('img').first()
  await expect.poll(() => kept.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(600)
  expect(await kept.getAttribute('alt')).toMatch(/by epoch\..*from .* to /)
  await reader.getByRole('table').last().locator('td').first().waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download', exact: true }).click()])
  expect(download.suggestedFilename()).toBe('bottlenecks.html')
  const file = `${await download.path()}.html`
  await download.saveAs(file)
  const html = await readFile(file, 'utf8')
  expect(html).not.toMatch(/<script|(?:src|href)="(?!data:|#)/)
  const asked: string[] = []
  await reader.route(/^(?!file:|data:)/, (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await reader.context().setOffline(true)
  await reader.goto(pathToFileURL(file).href)
  const opened = await reader.evaluate(() => ({
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
  await reader.close()
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
  await expect.poll(() => page.getByTestId('figure-origin').innerText()).toMatch(/^Live/)
  await expect.poll(() => page.title()).toBe('Progress · Hourglass')
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)

  await page.getByRole('button', { name: /^Edit Losses/ }).click()
  await page.getByRole('radio', { name: 'As it is now' }).check()
  await page.getByRole('textbox', { name: 'Caption' }).fill('So far.')
  await page.getByRole('button', { name: 'Save figure' }).click()
  await page.getByText('So far.', { exact: true }).and(page.locator('p')).waitFor()
  await expect.poll(() => live().count()).toBe(0)
  await expect.poll(() => page.getByTestId('figure-origin').innerText()).toMatch(/^As it was on/)
  await page.getByRole('button', { name: /^Edit Losses/ }).click()
  await page.getByRole('radio', { name: 'Live' }).check()
  await page.getByRole('button', { name: 'Save figure' }).click()
  await expect.poll(() => isDrawnInView(live())).toBe(true)

  await query(lab.url, 'mutation ($id: ID!) { deleteRuns(ids: [$id]) }', { id: run })
  await page.getByRole('status').getByText('This run has been deleted.').waitFor()
  await expect.poll(() => isDrawn(live())).toBe(false)
  await expect
    .poll(() =>
      live()
        .locator('img')
        .evaluate((image) => (image as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(300)
  await expect.poll(() => page.getByTestId('figure-origin').innerText()).toMatch(/^As it was on/)
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
  await expect.poll(() => page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('Not saved yet')
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
