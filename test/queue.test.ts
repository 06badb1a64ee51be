import { describe, expect, it } from 'vitest'
import { configOfSize } from './harness/experiments.js'
import { goByKey } from './harness/goByKey.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'

useLabPage()

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const launch = async (name: string): Promise<string> =>
  (await query(lab.url, LAUNCH, { input: { name, config: configOfSize(2, { epochs: 1, trainCount: 200 }) } })).launchRun.id
const table = () => page.getByRole('table', { name: 'Runs that wait' })
const names = () => table().locator('tbody th').allInnerTexts()
const order = async () => (await names()).map((text) => text.trim().split(' ').at(-1)).join('')

describe('the queue in the browser', () => {
  it('rests when it is told to, shows what waits for what, and is put in order by buttons, keys and dragging', async () => {
    await page.goto(`${lab.url}/runs`)
    await page.getByTestId('lab-load').click()
    await page.waitForURL(`${lab.url}/queue`)
    await page.getByText('No run waits.').waitFor()
    await page.getByRole('button', { name: 'Pause the queue' }).click()
    await page.getByText(/The queue rests: none is started until it is resumed/).waitFor()
    await expect.poll(async () => (await query(lab.url, '{ lab { queuePaused } }')).lab.queuePaused).toBe(true)

    const ids = [await launch('A'), await launch('B'), await launch('C'), await launch('D')]
    await expect.poll(order).toBe('ABCD')
    await expect.poll(() => table().getByText('the queue to be resumed').count()).toBe(4)
    await page.getByRole('button', { name: /^Move to the front: #\d+ C$/ }).click()
    await expect.poll(order).toBe('CABD')
    await page.getByRole('button', { name: /^Move #\d+ A$/ }).focus()
    await page.keyboard.press('End')
    await expect.poll(order).toBe('CBDA')
    await page.getByText(/#\d+ A is at place 4 of 4\./).waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowUp')
    await expect.poll(order).toBe('CBAD')
    await page.getByRole('button', { name: /^Move #\d+ D$/ }).dragTo(table().locator(`[data-run="${ids[2]}"]`), {
      targetPosition: { x: 60, y: 3 },
    })
    await expect.poll(order).toBe('DCBA')
    const stored = async () => (await query(lab.url, '{ queue { name } }')).queue.map(({ name }: { name: string }) => name).join('')
    // The page shows at once what was asked of the server.
    await expect.poll(stored).toBe('DCBA')

    // Whoever else moves a run moves it here.
    await query(lab.url, 'mutation($id: ID!) { moveInQueue(id: $id, to: { first: true }) { id } }', { id: ids[0] })
    await expect.poll(order).toBe('ADCB')
    await page.getByRole('button', { name: 'Resume the queue' }).click()
    await page.getByText('No run waits.').waitFor()
    const finished = await query(lab.url, '{ runs { nodes { name startedAt } } }')
    const started = (finished.runs.nodes as { name: string; startedAt: string }[]).toSorted((a, b) =>
      a.startedAt.localeCompare(b.startedAt),
    )
    expect(started.map(({ name }) => name).join('')).toBe('ADCB')
  })
})

describe('the keyboard', () => {
  const palette = () => page.getByRole('dialog').getByRole('textbox', { name: 'Search' })
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' })
  /** Does what is found by these words, once it is. */
  const take = async (words: string, found: string) => {
    await palette().fill(words)
    await page.getByRole('dialog').locator('[data-action]').filter({ hasText: found }).first().waitFor()
    await page.keyboard.press('Enter')
  }

  it('opens a palette that finds pages, runs and experiments by the server, and does what the page offers', async () => {
    const id = await launch('Needle in a haystack')
    await page.goto(`${lab.url}/glossary`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await palette().fill('haystack')
    await page.getByRole('dialog').getByText('Needle in a haystack').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`${lab.url}/runs/${id}`)
    await closed()
    await page.getByRole('button', { name: 'Search and do' }).click()
    await take('storage', 'torage')
    await page.waitForURL(`${lab.url}/storage`)
    await closed()
    await page.keyboard.press('Control+k')
    await palette().fill('nothing is called like this')
    await page.getByText('Nothing is called so.').waitFor()
    await take('pause the', 'Pause the queue')
    await expect.poll(async () => (await query(lab.url, '{ lab { queuePaused } }')).lab.queuePaused).toBe(true)
    await closed()
    await page.keyboard.press('Control+k')
    await take('resume the', 'Resume the queue')
    await expect.poll(async () => (await query(lab.url, '{ lab { queuePaused } }')).lab.queuePaused).toBe(false)
  })

  it('goes to pages by single keys, lists them under ?, and does nothing of it while somebody types', async () => {
    await page.goto(`${lab.url}/glossary`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await goByKey('q', '/queue')
    await goByKey('n', '/new')
    const name = page.getByRole('textbox', { name: 'Name' })
    await name.click()
    await page.keyboard.type('queue? no')
    await expect.poll(() => name.inputValue()).toBe('queue? no')
    expect(page.url()).toBe(`${lab.url}/new`)
    expect(await page.getByRole('dialog').count()).toBe(0)

    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('Shift+?')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Go to queue').waitFor()
    // With the list open no key leads away.
    await page.keyboard.press('q')
    await dialog.getByRole('switch').click()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('q')
    expect(page.url()).toBe(`${lab.url}/new`)
  })
})
