import { expect, it } from 'vitest'
import { train, untilWhole } from './harness/explorer.js'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage({}, { keepsRuns: true })

/** TensorFlow.js, which models compute with, is 66 kB of it. */
const MOST_BEYOND_THE_PAGE = 150_000

/** Loads a page anew and tells which programs it loaded, its workers' among them, each with its bytes as Brotli makes it. */
async function programsOf(path: string, isThere: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const names = new Set<string>()
  const note = (response: { url(): string }) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) names.add(pathname)
  }
  page.context().on('response', note)
  await page.goto(path)
  await isThere()
  await page.waitForLoadState('networkidle')
  page.context().off('response', note)
  const sizes = [...names].map(async (name) => {
    const { headers } = await fetch(`${lab.url}${name}`, { headers: { 'accept-encoding': 'br' } })
    expect(headers.get('content-encoding')).toBe('br')
    return [name, Number(headers.get('content-length'))] as const
  })
  return new Map(await Promise.all(sizes))
}

it('the explorer has less than 150 kB of JavaScript beyond that of the run’s page', async () => {
  const id = await train()
  const overview = await programsOf(`${lab.url}/runs/${id}`, () =>
    page.locator('[data-testid="reconstruction-figure"] canvas').first().waitFor(),
  )
  const latent = await programsOf(`${lab.url}/runs/${id}?tab=latent`, untilWhole)
  const own = [...latent].filter(([name]) => !overview.has(name))
  expect(own.length).toBeGreaterThan(3)
  expect(own.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(MOST_BEYOND_THE_PAGE)
})
