import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { ENDLESS, launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

const row = (name: string) => page.getByTestId('runs-table').locator('tbody tr').filter({ hasText: name })

it('a run is starred, tagged and archived on its page and in the table, and found by it', async () => {
  const id = await launchRun({ name: 'Marked', epochs: 1, trainCount: 200 })
  await launchRun({ name: 'Plain', epochs: 1, trainCount: 200 })
  await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByRole('button', { name: 'Star', exact: true }).click()
  await page
    .getByRole('textbox', { name: 'Tags' })
    .or(page.getByRole('combobox', { name: 'Tags' }))
    .fill('lecture')
  await page.keyboard.press('Enter')
  const marks = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { starred tags archivedAt } }', { id })).run
  await expect.poll(marks).toEqual({ starred: true, tags: ['lecture'], archivedAt: null })

  await page.goto(`${lab.url}/runs`)
  await expect.poll(() => row('Marked').innerText()).toContain('lecture')
  expect(await row('Marked').getByLabel('Starred').count()).toBe(1)
  expect(await row('Plain').getByLabel('Starred').count()).toBe(0)
  await page.goto(`${lab.url}/runs?q=${encodeURIComponent('tag = lecture and is starred')}`)
  await expect.poll(() => row('').count()).toBe(1)

  await page.goto(`${lab.url}/runs`)
  await page.getByRole('button', { name: 'Actions for Marked' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect.poll(() => row('Marked').count()).toBe(0)
  expect(await row('Plain').count()).toBe(1)
  await page.goto(`${lab.url}/runs?q=${encodeURIComponent('is archived')}`)
  await expect.poll(() => row('Marked').count()).toBe(1)
})

it('notes of a run are written as Markdown, kept until they are stored, and never taken from somebody else unseen', async () => {
  const id = await launchRun({ name: 'Noted', epochs: 1, trainCount: 200 })
  const notes = () => page.getByTestId('run-notes')
  const field = () => page.getByRole('textbox', { name: 'Notes' })
  const stored = async () => (await query(lab.url, 'query($id: ID!) { run(id: $id) { notes } }', { id })).run.notes
  const write = (text: string) =>
    query(lab.url, 'mutation($id: ID!, $notes: String!) { updateRun(id: $id, input: { notes: $notes }) { id } }', { id, notes: text })

  await page.goto(`${lab.url}/runs/${id}`)
  await page.getByRole('button', { name: 'Add notes' }).click()
  const text = [
    '# Why',
    '| z | PSNR |\n|---|---|\n| 8 | 18.2 |',
    '- [x] trained',
    '<img src=x onerror="document.title = 1"> [bad](javascript:alert(1)) ![there](https://elsewhere.example/a.png)',
  ].join('\n\n')
  await field().fill(text)
  await page.reload()
  await expect.poll(() => field().inputValue()).toBe(text)
  await page.getByRole('button', { name: 'Save notes' }).click()
  await notes().getByRole('cell', { name: '18.2' }).waitFor()
  await expect.poll(stored).toBe(text)
  expect(await notes().getByRole('heading', { level: 3 }).innerText()).toBe('Why')
  expect(await notes().locator('img').count()).toBe(0)
  expect(await notes().innerText()).toContain('onerror=')
  const addresses = await notes()
    .locator('a')
    .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('href')]))
  expect(addresses).toEqual([
    ['bad', ''],
    ['there', 'https://elsewhere.example/a.png'],
  ])

  await write('Somebody *else* wrote.')
  await expect.poll(() => notes().innerText()).toContain('Somebody else wrote.')
  await page.getByRole('button', { name: 'Edit notes' }).click()
  await field().fill('What I think.')
  await write('They were quicker.')
  await page.getByRole('alert').filter({ hasText: 'They were quicker.' }).waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Save notes' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Put mine below' }).click()
  await page.getByRole('button', { name: 'Save notes' }).click()
  await expect.poll(stored).toBe('They were quicker.\n\nWhat I think.')

  await page.getByRole('button', { name: 'Edit notes' }).click()
  await field().fill('x'.repeat(20_001))
  await page.getByText('At most 20,000 characters').waitFor()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect.poll(() => notes().innerText()).toContain('What I think.')
})

it('the tab of a run says how far it is and how it ended, and the browser tells of its end whoever asked for that', async () => {
  await page.context().grantPermissions(['notifications'], { origin: lab.url })
  await using _ = await page.addInitScript(() => {
    const told: string[] = []
    Object.assign(window, {
      told,
      Notification: class extends window.Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          told.push(`${title}: ${options?.body}`)
        }
      },
    })
  })
  const id = await launchRun({ name: 'Watched', epochs: ENDLESS, trainCount: 2000 })
  await page.goto(`${lab.url}/runs/${id}`)
  await expect.poll(() => page.title()).toMatch(/^\d+ % · Watched · Hourglass$/)
  await page.getByRole('button', { name: 'Tell when it ends' }).click()
  await expect.poll(() => page.getByRole('button', { name: 'Tell when it ends' }).getAttribute('aria-pressed')).toBe('true')
  await query(lab.url, 'mutation($id: ID!) { stopRun(id: $id) { id } }', { id })
  await untilServerSays(id, 'STOPPED')
  await expect.poll(() => page.title()).toBe('Stopped · Watched · Hourglass')
  const { number } = (await query(lab.url, 'query($id: ID!) { run(id: $id) { number } }', { id })).run
  await expect.poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual([`#${number} Watched: Stopped.`])
})
