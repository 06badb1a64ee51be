import { expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'

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

  await page.goto(lab.url)
  await expect.poll(() => row('Marked').innerText()).toContain('lecture')
  expect(await row('Marked').getByLabel('Starred').count()).toBe(1)
  expect(await row('Plain').getByLabel('Starred').count()).toBe(0)
  await page.goto(`${lab.url}/?q=${encodeURIComponent('tag = lecture and is starred')}`)
  await expect.poll(() => row('').count()).toBe(1)

  await page.goto(lab.url)
  await page.getByRole('button', { name: 'Actions for Marked' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect.poll(() => row('Marked').count()).toBe(0)
  expect(await row('Plain').count()).toBe(1)
  await page.goto(`${lab.url}/?q=${encodeURIComponent('is archived')}`)
  await expect.poll(() => row('Marked').count()).toBe(1)
})

it('the tab of a run says how far it is and how it ended, and the browser tells of its end whoever asked for that', async () => {
  await page.context().grantPermissions(['notifications'], { origin: lab.url })
  await page.addInitScript(() => {
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
  const id = await launchRun({ name: 'Watched', epochs: 40, trainCount: 2000 })
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
