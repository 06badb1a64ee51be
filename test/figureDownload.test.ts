import { readFile } from 'node:fs/promises'
import Papa from 'papaparse'
import type { Download } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { experimentStatus, figureEpochs, launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { runStatus } from './harness/runs.js'
import { saveFigure } from './harness/saveFigure.js'

useLabPage()

describe('a figure', () => {
  const save = (what: string, kind: string) => saveFigure(page.getByRole('button', { name: `Download ${what}`, exact: true }), kind)

  it('of an experiment is saved as an image and as a table, with the configurations that made it', async () => {
    const id = await launchSizes([8, 2])
    await page.goto(`${lab.url}/experiments/${id}`)
    await expect.poll(figureEpochs).toEqual([2, 2])
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await expect.poll(() => page.locator('[data-testid="line-chart"] figcaption').innerText()).toMatch(/PCA, as many components: from/)
    const shown = await page
      .getByTestId('figure-row')
      .first()
      .evaluate((row) => row.clientWidth)
    const answered: { readonly url: string; readonly status: number }[] = []
    page.on('response', (response) => answered.push({ url: response.url(), status: response.status() }))
    const image = await readPng(await save('reconstructions', 'Image (PNG)'))
    expect(image.width).toBe(2 * (shown + 2 * 16))
    // It carries the page's own font, whose file is asked for by its right address.
    expect(answered.filter(({ status }) => status >= 400)).toEqual([])
    expect(answered.filter(({ url }) => url.endsWith('.woff2')).length).toBeGreaterThan(0)
    expect(image.texts.Title).toMatch(/^Reconstructions, experiment \d+: A sweep$/)
    const configurations = JSON.parse(image.texts.Configuration ?? '') as { config: { architecture: { latentDimension: number } } }[]
    expect(configurations.map((one) => one.config.architecture.latentDimension)).toEqual([8, 2])

    const text = (await readText(await save('test errors', 'Numbers (CSV)'))).trim()
    expect(text.split('\r\n').filter((line) => line.startsWith('#'))).toHaveLength(4)
    const [header = [], ...rows] = Papa.parse<string[]>(text, { comments: '#' }).data
    expect(header.slice(0, 4)).toEqual(['run', 'label', 'code size', 'status'])
    const { experiment } = await query(
      lab.url,
      'query($id: ID!) { experiment(id: $id) { runs { summary { validationMeanSquaredError } pcaBaseline { meanSquaredError } } } }',
      { id },
    )
    const column = (name: string) => rows.map((row) => Number(row[header.indexOf(name)]))
    type Measured = { summary: { validationMeanSquaredError: number }; pcaBaseline: { meanSquaredError: number } }
    expect(column('reconstruction mse')).toEqual(experiment.runs.map((run: Measured) => run.summary.validationMeanSquaredError))
    expect(column('pca test mse')).toEqual(experiment.runs.map((run: Measured) => run.pcaBaseline.meanSquaredError))
  })

  it('of a run is saved just so: its losses, its reconstructions and its codes', async () => {
    const id = await launchSizes([2])
    const { experiment } = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id })
    await page.goto(`${lab.url}/runs/${experiment.runs[0].id}`)
    await expect.poll(runStatus).toMatch(/completed/i)
    const saved = async (what: string, rows: number) => {
      const lines = (await readText(await save(what, 'Numbers (CSV)'))).trim().split('\r\n')
      expect(lines.filter((line) => !line.startsWith('#'))).toHaveLength(1 + rows)
      const image = await readPng(await save(what, 'Image (PNG)'))
      expect(image.width).toBeGreaterThan(300)
      expect(JSON.parse(image.texts.Configuration ?? '')).toMatchObject([{ config: { training: { epochs: 2 } } }])
    }
    await saved('losses', 2)
    await saved('reconstructions', 32)
    // What is drawn of lines leaves as a drawing too; what holds pictures does not.
    const drawing = await readDrawing(await save('losses', 'Drawing (SVG)'))
    expect(drawing).toMatchObject({ problem: null, opens: true, lines: ['Training', 'Validation'] })
    expect(drawing.title).toMatch(/^Losses of run \d+/)
    expect(drawing.texts).toEqual(expect.arrayContaining(['Epoch', 'Training', 'Validation', drawing.title]))
    expect(JSON.parse(drawing.metadata)).toMatchObject([{ config: { training: { epochs: 2 } } }])
    expect(drawing.fonts).toContain('Inter')
    const hasNoDrawing = async (what: string) => {
      // The menu of another download goes away after its choice.
      await expect.poll(() => page.getByRole('menuitem').count()).toBe(0)
      await page.getByRole('button', { name: `Download ${what}`, exact: true }).click()
      await page.getByRole('menuitem', { name: 'Numbers (CSV)' }).waitFor()
      expect(await page.getByRole('menuitem', { name: 'Drawing (SVG)' }).count()).toBe(0)
    }
    await hasNoDrawing('reconstructions')
    await page.goto(`${lab.url}/runs/${experiment.runs[0].id}?tab=latent`)
    await saved('codes', 200)
    await hasNoDrawing('codes')
  })
})

interface Drawing {
  /** Why it is no XML; null where it is. */
  readonly problem: string | null
  /** Whether the browser shows it as an image. */
  readonly opens: boolean
  readonly title: string
  readonly metadata: string
  readonly fonts: string
  readonly texts: readonly string[]
  /** Names of the lines that have a path through two points at least. */
  readonly lines: readonly string[]
}

/** Reads a drawing as a viewer does. */
async function readDrawing(download: Download): Promise<Drawing> {
  return page.evaluate(
    async (text) => {
      const drawing = new DOMParser().parseFromString(text, 'image/svg+xml')
      const textOf = (name: string) => drawing.querySelector(name)?.textContent ?? ''
      const image = new Image()
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
      const opens = await image.decode().then(
        () => image.naturalWidth > 300,
        () => false,
      )
      return {
        problem: drawing.querySelector('parsererror')?.textContent ?? null,
        opens,
        title: textOf('title'),
        metadata: textOf('metadata'),
        fonts: drawing.documentElement.getAttribute('font-family') ?? '',
        texts: Array.from(drawing.querySelectorAll('text'), ({ textContent }) => textContent ?? ''),
        lines: Array.from(drawing.querySelectorAll('path[data-line]'))
          .filter((path) => /^M[\d.-]+ [\d.-]+(L[\d.-]+ [\d.-]+)+$/.test(path.getAttribute('d') ?? ''))
          .map((path) => path.getAttribute('data-line') ?? '')
          .sort(),
      }
    },
    await readText(download),
  )
}

async function readText(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}

/** Reads a PNG's width and its uncompressed international texts. */
async function readPng(download: Download): Promise<{ readonly width: number; readonly texts: Readonly<Record<string, string>> }> {
  const bytes = await readFile(await download.path())
  const texts: Record<string, string> = {}
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'iTXt') continue
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    const end = data.indexOf(0)
    texts[data.toString('latin1', 0, end)] = data.toString('utf8', end + 5)
  }
  return { width: bytes.readUInt32BE(16), texts }
}
