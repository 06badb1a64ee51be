import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, runStatus, shownEpoch, untilServerSays } from './harness/runs.js'

useLabPage()

const heading = () => page.getByRole('heading', { level: 1 }).innerText()

/** Reads at one moment what a run's page draws: the epoch of its figure, the pixels of figure and curves, and the curves in words. */
const drawn = () =>
  page.evaluate(() => {
    const figure = document.querySelector('[data-testid="reconstruction-figure"]')
    const chart = document.querySelector('[data-testid="line-chart"]')
    const pixels = (element: Element | null) => Array.from(element?.querySelectorAll('canvas') ?? [], (canvas) => canvas.toDataURL()).join()
    return {
      epoch: Number(figure?.getAttribute('data-epoch')),
      figure: pixels(figure),
      chart: pixels(chart),
      caption: chart?.querySelector('figcaption')?.textContent ?? '',
    }
  })

/** Asks the server which epochs it has of a run. */
async function storedEpochs(id: string): Promise<number[]> {
  const { run } = await query(lab.url, 'query($id: ID!) { run(id: $id) { metrics { epoch } } }', { id })
  return run.metrics.map(({ epoch }: { epoch: number }) => epoch)
}

describe('a run in the browser', () => {
  it('is launched from the form, and its curve and reconstructions change while it trains', async () => {
    await page.goto(`${lab.url}/runs`)
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
    const id = await launchRun()
    await untilServerSays(id, 'COMPLETED')
    await page.goto(`${lab.url}/runs/${id}`)
    await page.getByRole('tab', { name: 'Latent space' }).click()
    await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
    // What else the page decodes, and the files that it asks for, are there by then.
    await page.locator('[data-testid="code-grid"][data-done]').waitFor()
    await page.locator('[data-testid="code-map"][data-drawn]').waitFor()
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
    const id = await launchRun({ epochs: 4 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(runStatus).toMatch(/completed/i)
    await expect.poll(shownEpoch).toBe(4)
    const last = await drawn()
    await page.getByRole('slider', { name: 'Epoch' }).focus()
    await page.keyboard.press('Home')
    await expect.poll(shownEpoch).toBe(1)
    await expect.poll(async () => (await drawn()).figure).not.toBe(last.figure)
    await expect.poll(() => page.url()).toContain('epoch=1')
    await page.reload()
    await expect.poll(shownEpoch).toBe(1)
  })

  it('is stopped, and stays stopped with its epochs; resumed, it goes on', async () => {
    const id = await launchRun({ epochs: ENDLESS, trainCount: 4000 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(shownEpoch).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(runStatus).toMatch(/stopped/i)
    const stoppedAt = (await storedEpochs(id)).length
    await expect.poll(shownEpoch).toBe(stoppedAt)
    await page.reload()
    await expect.poll(runStatus).toMatch(/stopped/i)
    await expect.poll(shownEpoch).toBe(stoppedAt)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(runStatus).toMatch(/running|training/i)
    await expect.poll(shownEpoch).toBeGreaterThan(stoppedAt)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(runStatus).toMatch(/stopped/i)
  })

  it('survives a reload in the middle: it goes on, and nothing is missing', async () => {
    const id = await launchRun({ epochs: ENDLESS, trainCount: 4000 })
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(shownEpoch).toBeGreaterThan(2)
    await page.reload()
    await expect.poll(shownEpoch).toBeGreaterThan(2)
    const afterReload = await shownEpoch()
    await expect.poll(shownEpoch).toBeGreaterThan(afterReload)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(runStatus).toMatch(/stopped/i)
    const epochs = await storedEpochs(id)
    expect(epochs).toEqual(epochs.map((_, index) => index + 1))
    await expect.poll(shownEpoch).toBe(epochs.length)
    await expect.poll(async () => (await drawn()).caption).toContain(`at epoch ${epochs.length}`)
  })

  it('shows why it failed', async () => {
    const crashed = await launchRun({ name: 'Doomed', epochs: ENDLESS, trainCount: 20_000 })
    await page.goto(`${lab.url}/runs/${crashed}`)
    await expect.poll(shownEpoch).toBeGreaterThan(0)
    // The run goes on by itself a few times: each worker that comes is ended too.
    const endWorkers = () => {
      killWorkers()
      return runStatus()
    }
    await expect.poll(endWorkers, { interval: 100 }).toMatch(/failed/i)
    await expect.poll(() => page.getByTestId('run-failure').innerText()).toContain('SIGKILL')
  })

  it('shows what its worker says, live, and only the lines that are asked for', async () => {
    const id = await launchRun({ epochs: ENDLESS, trainCount: 400 })
    await page.goto(`${lab.url}/runs/${id}?tab=log`)
    const log = page.getByTestId('run-log')
    const newest = async () =>
      Math.max(0, ...Array.from((await log.innerText()).matchAll(/Epoch (\d+)\/10000/g), ([, epoch]) => Number(epoch)))
    await expect.poll(newest).toBeGreaterThan(1)
    const seen = await newest()
    await expect.poll(newest).toBeGreaterThan(seen)
    await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id })
    // A worker that does not get to its last words in the time that it is given is ended, which its log says too.
    await expect
      .poll(() => log.innerText())
      .toMatch(/Stopped: [\d.]+ s, [\d.]+ s of processor time, at most \d+ MB of memory|Ended: it was asked to stop and had not within/)
    await page.getByRole('textbox', { name: 'Lines with' }).fill('engine')
    await expect.poll(() => log.innerText()).toMatch(/^(?![\s\S]*Epoch)[\s\S]*Engine ONNX Runtime/)
    await expect.poll(() => new URL(page.url()).searchParams.get('find')).toBe('engine')
    await page.getByText('Warnings and errors').click()
    await page.getByText('No such lines.').waitFor()
  })

  it('shows what trained it, and the request that repeats it to the last bit', async () => {
    const repeated = async (id: string) => {
      const fields = 'name number labVersion labCommit storedConfig { version text } metrics { epoch trainLoss validationLoss }'
      return (await query(lab.url, `query($id: ID!) { run(id: $id) { ${fields} } }`, { id })).run
    }
    const id = await launchRun({ name: "It's $HOME `date`", epochs: 2 })
    await untilServerSays(id, 'COMPLETED')
    const first = await repeated(id)
    await page.goto(`${lab.url}/runs/${id}?tab=configuration`)
    const origin = page.getByRole('region', { name: 'What trained it' })
    await expect.poll(() => origin.innerText()).toContain(`version ${first.labVersion}`)
    if (first.labCommit) await expect.poll(() => origin.innerText()).toContain(first.labCommit.slice(0, 10))
    await page.getByText('curl', { exact: true }).click()
    await expect.poll(() => page.getByTestId('command').innerText()).toMatch(/^curl /)
    const command = await page.getByTestId('command').innerText()
    const answer = JSON.parse(execFileSync('sh', ['-c', command.replace('curl ', 'curl --silent ')], { encoding: 'utf8' }))
    const copy = answer.data.launchRun
    expect(copy.number).toBe(first.number + 1)
    await untilServerSays(copy.id, 'COMPLETED')
    expect(await repeated(copy.id)).toEqual({ ...first, number: copy.number })
  })

  it('is renamed in place, deleted into the trash, and from there with its files', async () => {
    const id = await launchRun()
    await page.goto(`${lab.url}/runs/${id}`)
    await expect.poll(runStatus).toMatch(/completed/i)
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByLabel('Run name').fill('A better name')
    await page.keyboard.press('Enter')
    await expect.poll(heading).toBe('A better name')
    await page.reload()
    await expect.poll(heading).toBe('A better name')
    expect(readdirSync(join(lab.data, 'runs'))).toContain(id)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete run' }).click()
    await page.waitForURL(`${lab.url}/runs`)
    await page.getByText('The run is in the trash').waitFor()
    expect(existsSync(join(lab.data, 'runs', id))).toBe(true)
    await page.goto(`${lab.url}/storage`)
    await page.getByRole('button', { name: 'Empty the trash' }).click()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await expect.poll(() => existsSync(join(lab.data, 'runs', id))).toBe(false)
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
  for (const [pid] of workers) process.kill(Number(pid), 'SIGKILL')
}
