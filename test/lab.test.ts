import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowser } from './harness/browser.mjs'
import { query, startLab } from './harness/lab.mjs'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
/** The most epochs that a run may have: more than any machine trains before the test stops or deletes the run. */
const ENDLESS = 10_000

let lab: Awaited<ReturnType<typeof startLab>>
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  ;[lab, browser] = await Promise.all([startLab(), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await lab?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  complaints = []
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
})
afterEach(async () => {
  await page.close()
  const { runs } = await query(lab.url, '{ runs(first: 100) { nodes { id } } }')
  if (runs.nodes.length > 0)
    await query(lab.url, 'mutation($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: runs.nodes.map(({ id }: { id: string }) => id) })
  expect(complaints).toEqual([])
})

/** Launches a run of a dense autoencoder on a few MNIST images through the API. */
async function launch({ name = 'A run', epochs = 3, trainCount = 1000 } = {}): Promise<string> {
  const config = {
    data: { dataset: 'mnist', trainCount, testCount: 200 },
    architecture: { dense: { latentDimension: 8 } },
    training: { epochs, batchSize: 100 },
  }
  const { launchRun } = await query(lab.url, LAUNCH, { input: { name, config } })
  return launchRun.id
}

const status = () => page.getByTestId('run-status').innerText()
const heading = () => page.getByRole('heading', { level: 1 }).innerText()
const shownEpoch = async () => Number(await page.getByTestId('reconstruction-figure').getAttribute('data-epoch'))

/** Reads at one moment what a run's page draws: the epoch of its figure, the pixels of figure and curves, and the curves in words. */
const drawn = () =>
  page.evaluate(() => {
    const figure = document.querySelector('[data-testid="reconstruction-figure"]')
    const chart = document.querySelector('[data-testid="loss-chart"]')
    const pixels = (element: Element | null) => Array.from(element?.querySelectorAll('canvas') ?? [], (canvas) => canvas.toDataURL()).join()
    return {
      epoch: Number(figure?.getAttribute('data-epoch')),
      figure: pixels(figure),
      chart: pixels(chart),
      caption: chart?.querySelector('figcaption')?.textContent ?? '',
    }
  })

/** Waits until the server has a run in a status. */
async function untilServerSays(id: string, expected: string): Promise<void> {
  const statusOf = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { status } }', { id })).run.status
  await expect.poll(statusOf).toBe(expected)
}

/** Asks the server which epochs it has of a run. */
async function storedEpochs(id: string): Promise<number[]> {
  const { run } = await query(lab.url, 'query($id: ID!) { run(id: $id) { metrics { epoch } } }', { id })
  return run.metrics.map(({ epoch }: { epoch: number }) => epoch)
}

describe('a run in the browser', () => {
  it('is launched from the form, and its curve and reconstructions change while it trains', async () => {
    await page.goto(`${lab.url}/`)
    await page.getByRole('link', { name: 'New run' }).first().click()
    await page.getByLabel('Code size').fill('4')
    await page.getByLabel('Training examples').fill('6000')
    await page.getByLabel('Epochs', { exact: true }).fill(String(ENDLESS))
    await page.getByRole('textbox', { name: 'Name' }).fill('From the form')
    await page.getByRole('button', { name: 'Launch run' }).click()
    await page.waitForURL(/\/runs\/[^/]+$/)
    await expect.poll(heading).toBe('From the form')

    await expect.poll(shownEpoch).toBeGreaterThan(0)
    const before = await drawn()
    const changes = async () => {
      const now = await drawn()
      return {
        isLater: now.epoch > before.epoch,
        figure: now.figure !== before.figure,
        chart: now.chart !== before.chart,
        caption: now.caption !== before.caption && /validation/i.test(now.caption),
      }
    }
    await expect.poll(changes).toEqual({ isLater: true, figure: true, chart: true, caption: true })
  })

  it('moves a latent slider and redraws the decoded image in the browser, without asking the server', async () => {
    const id = await launch()
    await untilServerSays(id, 'COMPLETED')
    await page.goto(`${lab.url}/runs/${id}`)
    // The model is loaded once its part of the page is near.
    await page.getByRole('heading', { name: 'Latent space' }).scrollIntoViewIfNeeded()
    await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
    await page.waitForLoadState('networkidle')
    const image = () => page.getByTestId('decoded-image').evaluate((node) => (node as HTMLCanvasElement).toDataURL())
    const before = await image()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const slider = page.getByTestId('latent-slider-0')
    await slider.focus()
    for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowRight')
    await expect.poll(image).not.toBe(before)
    expect(asked.filter((path) => /^\/(graphql|artifacts)/.test(path))).toEqual([])
  })

  it('scrubs back to the first epoch with the keyboard, and keeps it in the link', async () => {
    const id = await launch({ epochs: 4 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(status).toMatch(/completed/i)
    await expect.poll(shownEpoch).toBe(4)
    const last = await drawn()
    await page.getByRole('slider', { name: 'Epoch' }).focus()
    await page.keyboard.press('Home')
    await expect.poll(shownEpoch).toBe(1)
    expect((await drawn()).figure).not.toBe(last.figure)
    await expect.poll(() => page.url()).toContain('epoch=1')
    await page.reload()
    await expect.poll(shownEpoch).toBe(1)
  })

  it('is stopped, and stays stopped with its epochs; resumed, it goes on', async () => {
    const id = await launch({ epochs: ENDLESS, trainCount: 4000 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(shownEpoch).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(status).toMatch(/stopped/i)
    const stoppedAt = (await storedEpochs(id)).length
    await expect.poll(shownEpoch).toBe(stoppedAt)
    await page.reload()
    await expect.poll(status).toMatch(/stopped/i)
    await expect.poll(shownEpoch).toBe(stoppedAt)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(status).toMatch(/running|training/i)
    await expect.poll(shownEpoch).toBeGreaterThan(stoppedAt)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(status).toMatch(/stopped/i)
  })

  it('survives a reload in the middle: it goes on, and nothing is missing', async () => {
    const id = await launch({ epochs: ENDLESS, trainCount: 4000 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(shownEpoch).toBeGreaterThan(2)
    await page.reload()
    await expect.poll(shownEpoch).toBeGreaterThan(2)
    const afterReload = await shownEpoch()
    await expect.poll(shownEpoch).toBeGreaterThan(afterReload)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(status).toMatch(/stopped/i)
    const epochs = await storedEpochs(id)
    expect(epochs).toEqual(epochs.map((_, index) => index + 1))
    await expect.poll(shownEpoch).toBe(epochs.length)
    await expect.poll(async () => (await drawn()).caption).toContain(`at epoch ${epochs.length}`)
  })

  it('shows why it failed', async () => {
    const crashed = await launch({ name: 'Doomed', epochs: ENDLESS, trainCount: 20_000 })
    await page.goto(`${lab.url}/runs/${crashed}`)
    await expect.poll(shownEpoch).toBeGreaterThan(0)
    killWorkers()
    await expect.poll(() => page.getByTestId('run-failure').innerText()).toContain('SIGKILL')
    await expect.poll(status).toMatch(/failed/i)
  })

  it('is renamed in place and deleted with its files', async () => {
    const id = await launch()
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(status).toMatch(/completed/i)
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('Run name').fill('A better name')
    await page.keyboard.press('Enter')
    await expect.poll(heading).toBe('A better name')
    await page.reload()
    await expect.poll(heading).toBe('A better name')
    expect(readdirSync(join(lab.data, 'runs'))).toContain(id)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete run' }).click()
    await page.waitForURL(`${lab.url}/`)
    await expect.poll(() => existsSync(join(lab.data, 'runs', id))).toBe(false)
  })
})

describe('the launch form', () => {
  it('shows each mistake beside its field, launches nothing and keeps what was typed', async () => {
    await page.goto(`${lab.url}/new`)
    await page.getByLabel('Code size').fill('1000000')
    await page.getByLabel('Training examples').fill('60001')
    await page.getByLabel('Epochs', { exact: true }).fill('-1')
    await page.getByLabel('Learning rate').fill('NaN')
    await page.getByRole('button', { name: 'Launch run' }).click()
    for (const [field, typed] of [
      ['Code size', '1000000'],
      ['Training examples', '60001'],
      ['Epochs', '-1'],
      ['Learning rate', 'NaN'],
    ] as const) {
      const input = page.getByLabel(field, { exact: true })
      await expect.poll(() => input.getAttribute('aria-invalid')).toBe('true')
      expect(await input.inputValue()).toBe(typed)
    }
    await expect.poll(() => page.getByText(/code size must be .*1.*4096/i).count()).toBeGreaterThan(0)
    await expect.poll(() => page.getByText(/training examples must be at most 60000/i).count()).toBeGreaterThan(0)
    await page.reload()
    await expect.poll(() => page.getByLabel('Code size').inputValue()).toBe('1000000')
    const { runs } = await query(lab.url, '{ runs { totalCount } }')
    expect(runs.totalCount).toBe(0)
  })
})

describe('the engines of the launch form', () => {
  it('say why one cannot be chosen, and how to get it', async () => {
    const { engines } = await query(lab.url, '{ engines { name available reason } }')
    await page.goto(`${lab.url}/new`)
    await page.getByRole('button', { name: /^Advanced.*engine/ }).click()
    const missing = engines.filter(({ available }: { available: boolean }) => !available)
    for (const { reason } of missing) await page.getByText(reason.replace(/^engine \w+: /, '').slice(0, 60)).waitFor()
    await page.getByRole('combobox', { name: 'Engine' }).click()
    const disabled = page.locator('[role="option"][data-combobox-disabled]:visible')
    await expect.poll(() => disabled.count()).toBe(missing.length)
  })
})

describe('the table of runs', () => {
  it('is live, and lays the curves of selected runs over each other', async () => {
    await page.goto(`${lab.url}/`)
    await page.getByLabel('No runs yet').waitFor()
    await launch({ name: 'First' })
    await launch({ name: 'Second' })
    const table = page.getByTestId('runs-table')
    await expect.poll(() => table.getByText('Completed').count()).toBe(2)
    const rows = await table.innerText()
    expect(rows.indexOf('Second')).toBeLessThan(rows.indexOf('First'))
    await page.getByLabel('Select First').check()
    await page.getByLabel('Select Second').check()
    const dock = page.getByTestId('selection')
    await expect
      .poll(() => dock.locator('figcaption').innerText())
      .toMatch(/First.*lowest[\s\S]*Second.*lowest|Second.*lowest[\s\S]*First.*lowest/)
    await dock.getByRole('link', { name: 'Compare' }).click()
    await page.waitForURL(/\/compare\?runs=/)
    await page.getByRole('table', { name: 'Comparison' }).waitFor()
  })
})

describe('an address', () => {
  it('of no run says so and leads back', async () => {
    await page.goto(`${lab.url}/runs/nothing-here`)
    await page.getByTestId('run-missing').waitFor()
    await page.getByTestId('run-missing').getByRole('link').first().click()
    await page.waitForURL(`${lab.url}/`)
  })

  it('of an epoch that there is not is corrected to the nearest', async () => {
    const id = await launch({ epochs: 2 })
    await untilServerSays(id, 'COMPLETED')
    await page.goto(`${lab.url}/runs/${id}?epoch=99999`)
    await expect.poll(() => new URL(page.url()).searchParams.get('epoch')).toBe('2')
    await expect.poll(shownEpoch).toBe(2)
    await page.goto(`${lab.url}/runs/${id}?epoch=-1`)
    await expect.poll(() => new URL(page.url()).searchParams.get('epoch')).toBe('1')
    await expect.poll(shownEpoch).toBe(1)
  })

  it.each([
    ['preset=sparse-42', /sparse-42.*First look.*Two moons/s],
    ['from=nothing-here', /nothing-here.*table of runs/s],
  ])('that launches from what there is not says so and offers the defaults: %s', async (search, notice) => {
    await page.goto(`${lab.url}/new?${search}`)
    await expect.poll(() => page.getByTestId('source-notice').innerText()).toMatch(notice)
    await expect.poll(() => page.getByLabel('Code size').inputValue()).toBe('32')
    await expect.poll(() => page.getByRole('combobox', { name: 'Start from' }).inputValue()).toBe('Defaults')
  })

  it('that compares no run there is says which it named and leads back, and with some of them shows the others', async () => {
    const id = await launch()
    await page.goto(`${lab.url}/compare?runs=gone-1,gone-2`)
    const nothing = page.getByLabel('Nothing to compare')
    await expect.poll(() => nothing.innerText()).toMatch(/gone-1.*gone-2/)
    expect(await page.getByTestId('loss-chart').count()).toBe(0)
    await page.goto(`${lab.url}/compare?runs=${id},gone-1`)
    await page.getByText(/There is no run .gone-1./).waitFor()
    await page.getByRole('table', { name: 'Comparison' }).getByText('Add another run').waitFor()
    await page.getByRole('button', { name: 'Take out' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('runs')).toBe(id)
    await page.goto(`${lab.url}/compare?runs=gone-1`)
    await nothing.getByRole('link').click()
    await page.waitForURL(`${lab.url}/`)
  })
})

/** Ends the lab's training workers as a crash or the system would. */
function killWorkers(): void {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)?.slice(1) ?? [])
  const server = processes.find(([, parent, command]) => Number(parent) === lab.pid && command?.includes('apps/server'))?.[0]
  const workers = processes.filter(
    ([, parent, command]) => parent === server && /worker/.test(command ?? '') && !/baseline/i.test(command ?? ''),
  )
  expect(workers.length).toBeGreaterThan(0)
  for (const [pid] of workers) process.kill(Number(pid), 'SIGKILL')
}
