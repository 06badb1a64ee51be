import { setTimeout as sleep } from 'node:timers/promises'
import { startBrowser } from '../harness/browser.mjs'
import { query, startLab } from '../harness/lab.mjs'
import { percentile } from './statistics.mjs'

const MOVES = 200
const DRAWN = 120
const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const STATUS = 'query($id: ID!) { run(id: $id) { status error { code message } } }'
const LONGEST_FRAME = 50
const DENSE = 16
const CONVOLUTIONAL = 33

/** The models whose latent spaces are moved through, and how long one may take from the input to the image. */
const models = [
  { title: '784-32-784', limit: DENSE, architecture: { dense: { latentDimension: 32 } } },
  {
    title: '784-400-16 variational',
    limit: DENSE,
    architecture: { dense: { latentDimension: 16, hiddenWidths: [400], encoder: { variational: { beta: 1 } } } },
  },
  { title: 'convolutional 24/40', limit: CONVOLUTIONAL, architecture: { convolutional: { filters: [24, 40] } } },
]

/** Moves through the latent spaces of three models in Chromium by slider, grid and drawing, and measures how long the page takes to answer. */
export async function measure() {
  const lab = await startLab()
  const browser = await startBrowser()
  try {
    const rows = []
    for (const model of models) rows.push(...(await measureModel({ lab, browser }, model)))
    return rows
  } finally {
    await browser.close()
    await lab[Symbol.asyncDispose]()
  }
}

async function measureModel({ lab, browser }, { title, limit, architecture }) {
  const config = { data: { dataset: 'mnist', trainCount: 2000 }, architecture, training: { epochs: 1, batchSize: 128 } }
  const { id } = (await query(lab.url, LAUNCH, { input: { name: title, config } })).launchRun
  await untilCompleted(lab.url, id)
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
  page.setDefaultTimeout(120_000)
  try {
    await page.goto(`${lab.url}/runs/${id}?tab=latent`)
    const moves = await moveSlider(page)
    const grid = await drawGrid(page)
    const drawing = await draw(page)
    return [
      row(`${title}: slider to pixels, p95 of ${moves.durations.length}`, percentile(moves.durations, 0.95), limit),
      row(`${title}: the longest frame meanwhile`, moves.longest, LONGEST_FRAME),
      row(`${title}: a grid of 900 images`, grid, 500),
      row(`${title}: drawing to code, reconstruction and neighbours, p95 of ${drawing.length}`, percentile(drawing, 0.95), 33),
    ]
  } finally {
    await page.close()
  }
}

async function untilCompleted(url, id) {
  for (;;) {
    const { run } = await query(url, STATUS, { id })
    if (run.status === 'COMPLETED') return
    if (!['QUEUED', 'RUNNING'].includes(run.status)) throw new Error(`expected a run that completes, got ${JSON.stringify(run)}`)
    await sleep(250)
  }
}

const row = (figure, value, limit) => ({ figure, value, unit: 'ms', target: `under ${limit}`, met: value < limit })

/** Moves a latent slider by keyboard, as a user would; notes how long each took from the input to the painted pixels, and how long a frame took at most. */
async function moveSlider(page) {
  // Of many units those come first that vary most.
  const slider = page.getByTestId(/^latent-slider-\d+$/).first()
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  // What else the tab begins with is done: the map, whose codes are asked for where they are many, and the grid.
  const map = page.locator('[data-testid="code-map"][data-drawn]')
  const asking = page.getByRole('button', { name: /^Load the codes of/ })
  await map.or(asking).first().waitFor()
  if (await asking.isVisible()) await asking.click()
  await map.waitFor()
  await page.locator('[data-testid="code-grid"][data-done]').waitFor()
  await slider.scrollIntoViewIfNeeded()
  await slider.focus()
  await page.evaluate(() => {
    performance.clearMeasures('slider-to-image')
    window.longestFrame = 0
    let last = performance.now()
    const look = (now) => {
      window.longestFrame = Math.max(window.longestFrame, now - last)
      last = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame((now) => {
      last = now
      requestAnimationFrame(look)
    })
  })
  for (let move = 1; move <= MOVES; move++) {
    await page.keyboard.press(move % 40 < 20 ? 'ArrowRight' : 'ArrowLeft')
    await page.waitForFunction((count) => performance.getEntriesByName('slider-to-image').length >= count, move)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  return page.evaluate(() => ({
    durations: performance.getEntriesByName('slider-to-image').map((entry) => entry.duration),
    longest: window.longestFrame,
  }))
}

/** Chooses a grid of 30 × 30 images, and measures until all of them are drawn. */
async function drawGrid(page) {
  return page.evaluate(async () => {
    const choice = document.querySelector('select[aria-label="Images a side"]')
    /** @returns {HTMLCanvasElement | null} */
    const canvas = () => document.querySelector('[data-testid="code-grid"] canvas')
    const start = performance.now()
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(choice, '30')
    choice.dispatchEvent(new Event('change', { bubbles: true }))
    while (canvas()?.width !== 840 || !document.querySelector('[data-testid="code-grid"][data-done]')) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return performance.now() - start
  })
}

/** Draws a line by mouse, and reads how long each piece of it took until its code, reconstruction and neighbours were there. */
async function draw(page) {
  const pad = page.getByTestId('draw-pad')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  await page.mouse.move(box.x + 60, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 64, box.y + 64)
  await page.locator('[data-testid="examined"][data-ready]').waitFor()
  // The test examples that it is compared with are loaded once.
  await page.getByText(/test examples have$/).waitFor()
  await page.evaluate(() => performance.clearMeasures('drawing-to-answer'))
  for (let piece = 1; piece <= DRAWN; piece++) {
    const turn = (2 * Math.PI * piece) / DRAWN
    await page.mouse.move(box.x + 140 + 70 * Math.cos(turn), box.y + 140 + 90 * Math.sin(turn))
    await page.waitForFunction((count) => performance.getEntriesByName('drawing-to-answer').length >= count, piece)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  await page.mouse.up()
  return page.evaluate(() => performance.getEntriesByName('drawing-to-answer').map((entry) => entry.duration))
}
