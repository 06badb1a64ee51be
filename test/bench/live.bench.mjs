import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { startBrowser } from '../harness/browser.mjs'
import { query, startLab } from '../harness/lab.mjs'
import { residentMemory } from './memory.mjs'
import { percentile } from './statistics.mjs'

const EPOCHS = 40
const SLIDER_MOVES = 200
const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

/**
 * Trains MNIST in a real lab with its run's page open in Chromium, and measures how long an epoch takes from the worker to the screen, how long a
 * slider takes to move the image, and the memory of the server and the worker meanwhile.
 */
export async function measure() {
  const lab = await startLab()
  const browser = await startBrowser()
  try {
    const config = { training: { epochs: EPOCHS, batchSize: 128 } }
    const { launchRun } = await query(lab.url, LAUNCH, { input: { name: 'Benchmark', config } })
    const page = await browser.newPage()
    await page.addInitScript(recordDrawnEpochs)
    await page.goto(`${lab.url}/runs/${launchRun.id}`)
    const memory = await watchMemory(lab, async () => {
      await page.waitForFunction((epochs) => window.drawnEpochs?.has(epochs), EPOCHS, { timeout: 300_000 })
    })
    const finished = await finishedEpochs(lab.url, launchRun.id)
    const drawn = new Map(await page.evaluate(() => [...window.drawnEpochs]))
    const delays = [...drawn].filter(([epoch]) => finished.has(epoch)).map(([epoch, at]) => at - finished.get(epoch))
    const moves = await moveSlider(page)
    return [
      row(`epoch finished in the worker to drawn in Chromium, p95 of ${delays.length}`, percentile(delays, 0.95), 'ms', 250),
      row(`slider moved to image drawn, p95 of ${moves.length}`, percentile(moves, 0.95), 'ms', 16),
      row('server’s resident memory while training MNIST, peak', memory.server, 'MB', 300),
      row('worker’s resident memory while training MNIST, peak', memory.worker, 'MB', 800),
    ]
  } finally {
    await browser.close()
    await lab[Symbol.asyncDispose]()
  }
}

const row = (figure, value, unit, limit) => ({ figure, value, unit, target: `under ${limit}`, met: value < limit })

/** Runs in the page: notes the wall-clock time at which each epoch's figure has been painted. */
function recordDrawnEpochs() {
  window.drawnEpochs = new Map()
  const look = () => {
    const epoch = Number(document.querySelector('[data-testid="reconstruction-figure"]')?.getAttribute('data-epoch'))
    if (!epoch || window.drawnEpochs.has(epoch)) return
    window.drawnEpochs.set(epoch, Number.NaN)
    // The frame after the change has been handed to the compositor once its next task runs.
    requestAnimationFrame(() => setTimeout(() => window.drawnEpochs.set(epoch, Date.now())))
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-epoch'] })
}

/** Asks the store when the worker finished each epoch. */
async function finishedEpochs(url, runId) {
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket })
  const epochs = new Map()
  const results = client.iterate({
    query: 'subscription($runId: ID!) { runEvents(runId: $runId) { __typename ... on EpochCompleted { at metrics { epoch } } } }',
    variables: { runId },
  })
  for await (const { data, errors } of results) {
    if (errors) throw new Error(JSON.stringify(errors))
    const event = /** @type {{ __typename: string, at: string, metrics: { epoch: number } }} */ (data.runEvents)
    if (event.__typename === 'EpochCompleted') epochs.set(event.metrics.epoch, Date.parse(event.at))
    if (epochs.size === EPOCHS) break
  }
  await client.dispose()
  return epochs
}

/** Moves a latent slider by keyboard, as a user would, and reads how long each took from the input to the painted pixels of its image. */
async function moveSlider(page) {
  await page.getByRole('tab', { name: 'Latent space' }).click()
  const slider = page.getByTestId('latent-slider-0')
  await slider.scrollIntoViewIfNeeded()
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  await slider.focus()
  await page.evaluate(() => performance.clearMeasures('slider-to-image'))
  for (let move = 1; move <= SLIDER_MOVES; move++) {
    await page.keyboard.press(move % 40 < 20 ? 'ArrowRight' : 'ArrowLeft')
    await page.waitForFunction((count) => performance.getEntriesByName('slider-to-image').length >= count, move)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
  return page.evaluate(() => performance.getEntriesByName('slider-to-image').map((entry) => entry.duration))
}

async function watchMemory(lab, work) {
  const peak = { server: 0, worker: 0 }
  const timer = setInterval(() => {
    const now = residentMemory(lab.pid)
    peak.server = Math.max(peak.server, now.server)
    peak.worker = Math.max(peak.worker, now.worker)
  }, 250)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return peak
}
