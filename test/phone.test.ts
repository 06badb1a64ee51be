import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { experimentStatus, launchCircles } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun } from './harness/runs.js'

useLabPage()

describe('a phone', () => {
  it('shows long names on more lines, and what stands on axes beside the data', async () => {
    const label = 'a run whose label says at length what is different about it'
    const id = await launchCircles('An experiment with a name that is far too long for one line of a phone', [label, 'short'])
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${lab.url}/experiments/${id}?figure=VECTOR_FIELD`)
    const field = page.getByTestId('vector-field').first()
    await field.waitFor()
    // Nothing moves any more.
    await expect.poll(experimentStatus).toMatch(/completed/i)
    await expect.poll(() => page.getByTestId('vector-field').count()).toBe(2)
    const boxOf = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const whole = (of: Locator) => of.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)
    const axis = await boxOf(field.getByText('y', { exact: true }))
    expect(axis.x + axis.width).toBeLessThanOrEqual((await boxOf(field.locator('canvas'))).x)

    const heading = page.getByRole('heading', { level: 1 })
    expect(await whole(heading)).toBe(true)
    expect((await boxOf(heading)).height).toBeGreaterThan(40)

    const plot = page.getByTestId('dot-plot')
    const name = plot.getByText(label)
    expect(await whole(name)).toBe(true)
    const [named, drawn] = [await boxOf(name), await boxOf(plot)]
    expect(named.width).toBeGreaterThan(0.35 * drawn.width)
    expect(named.width).toBeLessThanOrEqual(0.46 * drawn.width)

    await page.getByTestId('figure-row').getByRole('link', { name: label }).click()
    await page.waitForURL(/\/runs\//)
    await expect.poll(() => page.getByTestId('run-status').innerText()).toMatch(/completed/i)
    expect(await whole(heading)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('has room for the header of every page, and for what says that something runs', async () => {
    const id = await launchRun({ epochs: ENDLESS })
    await page.setViewportSize({ width: 390, height: 800 })
    for (const path of ['/runs', '/experiments', '/compare', '/new', '/queue', '/storage']) {
      await page.goto(`${lab.url}${path}`)
      await expect.poll(() => page.getByTestId('lab-load').innerText()).toMatch(/^1\b/)
      expect(
        await page
          .locator('header')
          .first()
          .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
        path,
      ).toBe(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390)
    }
    await query(lab.url, 'mutation ($id: ID!) { deleteRuns(ids: [$id]) }', { id })
  })
})
