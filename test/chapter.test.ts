import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { axeFindings, views } from './harness/axeFindings.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'
import { launchRun } from './harness/runs.js'

useLabPage({ HOURGLASS_ANALYSIS: '1', HOURGLASS_DEMO: '1' }, { prepare: async () => undefined, keepsRuns: true })

const open = (section: string) => page.goto(`${lab.url}/chapter/${section}`)
const task = (preset: string) => page.locator(`[data-task="${preset}"]`)
const textOf = (testId: string) => page.getByTestId(testId).locator('output').innerText()

it('the lab opens at the chapter until somebody launched a run, the demonstration does not count, and at the table of runs afterwards', async () => {
  await expect.poll(async () => (await query(lab.url, '{ runs(first: 1) { totalCount } }')).runs.totalCount).toBe(1)
  await page.goto(`${lab.url}/`)
  expect(new URL(page.url()).pathname).toBe('/chapter')
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await page.waitForURL(/\/runs$/)
  await page.getByTestId('runs-table').waitFor()
  await page.getByRole('link', { name: 'Chapter', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Autoencoders' }).waitFor()
  await launchRun({ name: 'By hand', epochs: 1, trainCount: 100 })
  await page.goto(`${lab.url}/`)
  expect(new URL(page.url()).pathname).toBe('/')
  await page.getByTestId('runs-table').getByText('By hand').waitFor()
  await page.goto(`${lab.url}/?q=${encodeURIComponent('status = queued')}`)
  expect(new URL(page.url()).searchParams.get('q')).toBe('status = queued')
})

it('a section is there without any script, with typeset formulas, what their symbols stand for, and its networks', async () => {
  const html = await (await fetch(`${lab.url}/chapter/contractive`)).text()
  expect(html).toContain('What it still answers to must be worth its price')
  expect(html).toMatch(/<span class="katex-display">/)
  expect(html).toContain('the Jacobian of the encoder: one row a code unit, one column a pixel')
  expect(html).toMatch(/aria-label="[^"]*‖∂f\/∂x‖²/)
  const missing = await fetch(`${lab.url}/chapter/nothing`)
  expect(missing.status).toBe(404)
  expect(await missing.text()).toContain('The chapter has no such section')
})

it('its scripts are less than 150 kB before anything is touched', async () => {
  const fresh = await openPage()
  try {
    const session = await fresh.context().newCDPSession(fresh)
    await session.send('Network.enable')
    const scripts = new Map<string, number>()
    const types = new Map<string, string>()
    session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.set(requestId, encodedDataLength))
    await fresh.goto(`${lab.url}/chapter/denoising`)
    await fresh.waitForLoadState('networkidle')
    const bytes = [...scripts].reduce((sum, [id, size]) => sum + (types.get(id) === 'Script' ? size : 0), 0)
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThan(150_000)
  } finally {
    await fresh.close()
  }
})

describe('figures that are computed in the page', () => {
  it('turn the principal components where a point is moved', async () => {
    await open('principal-components')
    const before = await textOf('principal-axes')
    const point = page.getByRole('slider', { name: /^Point 1 of/ })
    await point.focus()
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowUp')
    await expect.poll(() => textOf('principal-axes')).not.toBe(before)
    await page.getByTestId('principal-axes').getByRole('button', { name: 'As at first' }).click()
    await expect.poll(() => textOf('principal-axes')).toBe(before)
  })

  it('let the digits fade where the code is squeezed', async () => {
    await open('undercomplete')
    const figure = page.getByTestId('code-sizes')
    await figure.scrollIntoViewIfNeeded()
    await expect.poll(() => textOf('code-sizes')).toMatch(/^32 numbers: the mean squared error of test digits is 0\.0094\.$/)
    const slider = figure.getByRole('slider', { name: /Squeeze the code/ })
    const drawn = () =>
      figure
        .locator('canvas')
        .nth(1)
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    const before = await drawn()
    await slider.focus()
    await page.keyboard.press('End')
    await expect.poll(() => textOf('code-sizes')).toMatch(/^1 number: .* 0\.061\.$/)
    expect(await drawn()).not.toBe(before)
    await page.keyboard.press('Home')
    await expect.poll(() => textOf('code-sizes')).toMatch(/^256 numbers: .* 0\.00079\.$/)
  })

  it('take more noise away than they leave', async () => {
    await open('denoising')
    await page.getByTestId('noise').scrollIntoViewIfNeeded()
    await expect.poll(() => textOf('noise')).toMatch(/^PSNR [\d.]+ dB before, [\d.]+ dB after\.$/)
    const [before = 0, after = 0] = (await textOf('noise')).match(/[\d.]+(?= dB)/g)?.map(Number) ?? []
    expect(after - before).toBeGreaterThan(8)
    const slider = page.getByTestId('noise').getByRole('slider')
    await slider.focus()
    await page.keyboard.press('Home')
    await expect.poll(() => textOf('noise')).toMatch(/^PSNR ∞ before/)
  })

  it('lead a point beside the circle home', async () => {
    await open('denoising')
    await page.getByTestId('circle-field').scrollIntoViewIfNeeded()
    const plane = page.getByTestId('circle-field').getByRole('application')
    await plane.scrollIntoViewIfNeeded()
    await expect.poll(() => textOf('circle-field')).toMatch(/^From 0\.5\d beside the circle /)
    const { width = 0, height = 0 } = (await plane.boundingBox()) ?? {}
    await plane.click({ position: { x: 0.52 * width, y: 0.52 * height } })
    await expect
      .poll(() => textOf('circle-field'))
      .toMatch(/^From 0\.8\d beside the circle (\d+ steps|one step) lead to 0\.0\d beside it\.$/)
    await expect.poll(() => page.getByTestId('way').getAttribute('data-steps')).toMatch(/^[1-9]/)
  })

  it('lay a tangent that follows the pointer, and flatten a ring where the penalty grows', async () => {
    await open('manifolds')
    await page.getByTestId('tangent').scrollIntoViewIfNeeded()
    const plane = page.getByTestId('tangent').getByRole('application')
    await plane.scrollIntoViewIfNeeded()
    const line = () => page.getByTestId('tangent-line').getAttribute('x1')
    await expect.poll(line).not.toBeNull()
    const before = await line()
    await plane.hover({ position: { x: 400, y: 250 } })
    await expect.poll(line).not.toBe(before)
    expect(await textOf('tangent')).toMatch(/^Code -?[\d.]+: a step of 0\.1 in the code moves the point by [\d.]+\.$/)

    await open('contractive')
    const figure = page.getByTestId('contraction')
    await figure.scrollIntoViewIfNeeded()
    const across = async () => Number(/([\d.]+) across it/.exec(await textOf('contraction'))?.[1])
    await expect.poll(across).toBeGreaterThan(0.8)
    await figure.getByRole('slider').focus()
    await page.keyboard.press('End')
    await expect.poll(across).toBeLessThan(0.5)
  })

  it('say so where their models cannot be fetched, and fetch them when asked again', async () => {
    await page.route(/code-sizes.*\.json/, (route) => route.fulfill({ status: 503, body: '' }))
    await open('undercomplete')
    await page.getByTestId('code-sizes').scrollIntoViewIfNeeded()
    await page.getByText('The lab answered 503 where the models of this figure were asked for.').waitFor()
    await page.unroute(/code-sizes.*\.json/)
    await page.getByRole('button', { name: 'Fetch them again' }).click()
    await expect.poll(() => page.getByTestId('code-sizes').getAttribute('data-ready')).toBe('true')
  })
})

describe('an experiment of the text', () => {
  it('is predicted, run and judged where it stands, is offered to others, and leaves as one file', async () => {
    await open('principal-components')
    const plane = task('pca-plane')
    await plane.getByText('Look for').waitFor({ state: 'detached' })
    await plane.getByLabel('Somewhere else: it knows nothing of variances').check()
    await plane.getByRole('button', { name: /^Run it quickly/ }).click()
    await plane.getByTestId('experiment-figure').waitFor()
    await plane.getByText('Look for').waitFor()
    await expect
      .poll(() => plane.getByTestId('prediction').innerText())
      .toMatch(/^It came out otherwise than you expected: “Along the first principal component, within 3°\.” Holds .*\d/)
    await plane.getByLabel('What do you make of it?').fill('Gradient steps find it <too>.')
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save what I did (HTML)' }).click()
    const file = await readFile(await (await download).path(), 'utf8')
    expect((await download).suggestedFilename()).toBe('principal-components.html')
    for (const part of [
      'By Ada.',
      'Where will the line lie',
      'Somewhere else: it knows nothing of variances',
      'Gradient steps find it &lt;too&gt;.',
      'Found: Holds',
      'src="data:image/png;base64,',
      'Configuration of run',
      '&quot;latentDimension&quot;: 1',
    ]) {
      expect(file.replace('where will', 'Where will')).toContain(part)
    }
    await page.reload()
    await expect.poll(() => plane.getByTestId('prediction').innerText()).toContain('otherwise than you expected')
    expect(await plane.getByLabel('What do you make of it?').inputValue()).toBe('Gradient steps find it <too>.')
    await page.goto(`${lab.url}/chapter`)
    await page.getByText('4 experiments, 1 run by you').waitFor()
    await page.getByRole('button', { name: /^Begin the chapter anew/ }).click()
    await page.getByText('4 experiments, 1 run by you').waitFor({ state: 'detached' })

    // Whoever comes next is asked first, and need not run it again.
    await page.goto(`${lab.url}/chapter/experiment/pca-plane`)
    await page.waitForURL(/\/chapter\/principal-components#pca-plane$/)
    await plane.getByLabel('Along the first principal component, within 3°').check()
    await plane.getByRole('button', { name: /^Show what was run quickly/ }).click()
    await expect.poll(() => plane.getByTestId('prediction').innerText()).toMatch(/^You were right: /)
    await plane.getByRole('button', { name: /^Run it in full/ }).waitFor()

    await page.goto(`${lab.url}/experiments`)
    const entry = page.locator('[data-preset="pca-plane"]')
    await entry.getByText('Look for').waitFor({ state: 'detached' })
    // Of its two pictures the one of this colour scheme is fetched and shown.
    await entry.scrollIntoViewIfNeeded()
    const shown = () =>
      entry
        .locator('img')
        .evaluateAll((images: HTMLImageElement[]) => images.filter((image) => image.offsetWidth > 0).map((image) => image.naturalWidth))
    await expect.poll(shown).toEqual([560])
    await entry
      .getByTestId('ran')
      .getByRole('link', { name: /^experiment \d+, quick$/ })
      .click()
    await page.getByRole('button', { name: /^Run in full/ }).waitFor()
    await page.getByRole('link', { name: 'Its place in the chapter' }).click()
    await page.waitForURL(/\/chapter\/principal-components#pca-plane$/)
  })

  it('tells at once what to look for where a reader wants that, and the browser keeps it', async () => {
    await page.goto(`${lab.url}/chapter`)
    await page.getByRole('checkbox', { name: /^Tell me what to look for/ }).check()
    await open('denoising')
    await expect.poll(() => page.getByText('Look for').count()).toBe(4)
    await page.goto(`${lab.url}/experiments`)
    await expect.poll(() => page.locator('[data-preset]').getByText('Look for').count()).toBeGreaterThan(30)
    await page.getByRole('checkbox', { name: /^Tell me what to look for/ }).uncheck()
    await expect.poll(() => page.locator('[data-preset]').getByText('Look for').count()).toBe(0)
  })
})

it('a section is presented figure by figure with the arrow keys, and ends where it began', async () => {
  await open('contractive')
  await page.getByRole('button', { name: 'Present' }).click()
  const place = page.getByRole('navigation', { name: 'Slides' }).getByRole('status')
  await expect.poll(() => place.innerText()).toBe('1 of 6')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => place.innerText()).toBe('2 of 6')
  await page.getByTestId('formula').first().waitFor()
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false)
  await page.keyboard.press('PageDown')
  await page.keyboard.press('PageDown')
  await expect.poll(() => place.innerText()).toBe('4 of 6')
  // Arrow keys belong to a slider that has the focus.
  await page.getByTestId('contraction').getByRole('slider').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.getByTestId('contraction').getByRole('slider').inputValue()).toBe('1')
  expect(await place.innerText()).toBe('4 of 6')
  await page.keyboard.press('Home')
  await page.keyboard.press('PageUp')
  await page.getByRole('navigation', { name: 'Slides' }).getByRole('button', { name: 'End' }).click()
  await page.getByRole('navigation', { name: 'Slides' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
})

it('axe finds nothing in the chapter, wide and light or narrow and dark, and a phone has room for it', async () => {
  const sections = [
    '',
    '/principal-components',
    '/undercomplete',
    '/manifolds',
    '/denoising',
    '/contractive',
    '/generative',
    '/applications',
  ]
  for (const { colorScheme, width } of views) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    for (const section of sections) {
      await page.goto(`${lab.url}/chapter${section}`)
      for (const figure of await page.locator('figure[data-ready]').all()) {
        await figure.scrollIntoViewIfNeeded()
        await expect.poll(() => figure.getAttribute('data-ready')).toBe('true')
      }
      expect(await axeFindings(), `${section} ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${section} ${width}`).toBeLessThanOrEqual(width)
    }
  }
})
