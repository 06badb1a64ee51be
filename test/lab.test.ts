import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { holdRequests } from './harness/holdRequests.js'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, shownEpoch, untilServerSays } from './harness/runs.js'
import { namesWithoutTerm } from './harness/terms.js'

useLabPage()

describe('the table of runs', () => {
  it('is live, and lays the curves of selected runs over each other', async () => {
    await page.goto(`${lab.url}/runs`)
    await page.getByLabel('No runs yet').waitFor()
    await launchRun({ name: 'First' })
    await launchRun({ name: 'Second' })
    const table = page.getByTestId('runs-table')
    await expect.poll(() => table.getByText('Completed').count()).toBe(2)
    await expect.poll(() => namesWithoutTerm(page)).toEqual([])
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

  it('is left by a link that is followed right after a tick, and has the tick when one comes back', async () => {
    const ids = [await launchRun({ name: 'First' }), await launchRun({ name: 'Second' })]
    await page.goto(`${lab.url}/runs`)
    await page.getByLabel('Select First').check()
    await expect.poll(() => page.url()).toContain(`select=${ids[0]}`)
    const release = await holdRequests(page, (request) => /\/compare\?.*_rsc=/.test(request.url()))
    await page.getByLabel('Select Second').check()
    await page.getByTestId('selection').getByRole('link', { name: 'Compare' }).click()
    // The table writes the tick into the address while the next page is on its way.
    await expect.poll(() => page.url()).toContain(ids[1])
    release()
    await page.waitForURL(/\/compare\?runs=/)
    await page.goBack()
    await expect.poll(() => page.getByLabel('Select Second').isChecked()).toBe(true)
    await expect.poll(() => page.getByLabel('Select First').isChecked()).toBe(true)
  })
})

describe('the columns of the table', () => {
  const table = () => page.getByTestId('runs-table')
  const heads = async () =>
    (await table().locator('thead th').allInnerTexts())
      .flatMap((text) => text.split('\n')[0] ?? [])
      .filter((title) => !['', 'Actions'].includes(title))
  const names = async () => (await table().locator('tbody [data-column="name"] a').allInnerTexts()).map((text) => text.split('\n').at(-1))

  it('are chosen, ordered, pinned, resized and sorted by, with the keyboard too, and all of it is in the address', async () => {
    for (const [name, epochs] of [
      ['b', 1],
      ['a', 2],
      ['c', 1],
    ] as const) {
      await untilServerSays(await launchRun({ name, epochs, trainCount: 200 }), 'COMPLETED')
    }
    await page.goto(`${lab.url}/runs?columns=name,status`)
    await expect.poll(heads).toEqual(['Run', 'Status'])
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('searchbox', { name: 'Search columns' }).fill('epochs train')
    await page.getByRole('checkbox', { name: 'Epochs', exact: true }).check()
    await expect.poll(heads).toEqual(['Run', 'Status', 'Epochs'])
    await expect.poll(() => table().locator('tbody [data-column="config.training.epochs"]').allInnerTexts()).toEqual(['1', '2', '1'])
    await page.getByRole('button', { name: 'Move Epochs' }).focus()
    await page.keyboard.press('Space')
    await page.getByText('Epochs is over place 3 of 3.').waitFor({ state: 'attached' })
    // An arrow does nothing while places are measured anew, since rows have come: as a reader does, it is pressed again then.
    await expect
      .poll(
        async () => {
          if (await page.getByText('Epochs is over place 3 of 3.').isVisible()) await page.keyboard.press('ArrowUp')
          if (await page.getByText('Epochs is over place 1 of 3.').isVisible()) await page.keyboard.press('ArrowDown')
          return page.getByText('Epochs is over place 2 of 3.').isVisible()
        },
        { interval: 1000 },
      )
      .toBe(true)
    await page.keyboard.press('Space')
    await expect.poll(heads).toEqual(['Run', 'Epochs', 'Status'])
    await page.getByRole('button', { name: 'Keep Status at the left edge' }).click()
    await expect.poll(heads).toEqual(['Run', 'Status', 'Epochs'])
    await page.keyboard.press('Escape')

    await table().getByRole('button', { name: 'Epochs' }).click()
    await table()
      .getByRole('button', { name: 'Run', exact: true })
      .click({ modifiers: ['Shift'] })
    await expect.poll(names).toEqual(['b', 'c', 'a'])
    const edge = table().getByRole('separator', { name: 'Width of Epochs' })
    const width = Number(await edge.getAttribute('aria-valuenow'))
    await edge.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(width + 16))
    const box = await edge.boundingBox()
    if (!box) throw new Error('The edge of the column is not in sight.')
    await page.mouse.move(box.x + 4, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 44, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(width + 56))

    await expect.poll(() => page.url()).toContain(`widths=config.training.epochs:${width + 56}`)
    const shown = [await table().locator('thead').innerText(), await table().locator('tbody').innerText()]
    await page.reload()
    await expect.poll(async () => [await table().locator('thead').innerText(), await table().locator('tbody').innerText()]).toEqual(shown)
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(String(width + 56))
  })

  it('stand over groups of runs, with what their metrics come to, and the runs of those that are open', async () => {
    for (const epochs of [1, 1, 2]) await untilServerSays(await launchRun({ name: `of ${epochs}`, epochs, trainCount: 200 }), 'COMPLETED')
    await page.goto(`${lab.url}/runs?columns=name,metric.validationLoss,status&sort=-count`)
    await page.getByRole('button', { name: 'Group' }).click()
    await page.getByRole('searchbox', { name: 'Search keys' }).fill('epochs train')
    await page.getByRole('checkbox', { name: 'Epochs', exact: true }).check()
    await page.keyboard.press('Escape')
    const groups = table().locator('tr[data-group]')
    await expect.poll(() => groups.allInnerTexts()).toHaveLength(2)
    await expect
      .poll(() => groups.allInnerTexts())
      .toEqual([
        expect.stringMatching(/Epochs\s+1\s[\s\S]*2[\s\S]*± [\d.e-]+[\s\S]*best/),
        expect.stringMatching(/^(?![\s\S]*±)[\s\S]*Epochs\s+2/),
      ])
    await groups.first().getByRole('button').click()
    await expect.poll(names).toEqual(['of 1', 'of 1'])
    await expect.poll(() => page.url()).toContain('open=')
    await table().getByRole('button', { name: 'Validation' }).click()
    await expect.poll(async () => (await groups.allInnerTexts())[0]).toMatch(/Epochs\s+2/)
    await page.reload()
    await expect.poll(names).toEqual(['of 1', 'of 1'])
  })
})

describe('what is ticked', () => {
  it('is a range, or all that match: it is tagged, exported and deleted at once, and comes back; new runs wait meanwhile', async () => {
    for (const name of ['first', 'second', 'third'])
      await untilServerSays(await launchRun({ name, epochs: 1, trainCount: 200 }), 'COMPLETED')
    await page.goto(`${lab.url}/runs`)
    const dock = page.getByTestId('selection')
    await page.getByLabel('Select third').check()
    await page.getByLabel('Select first').click({ modifiers: ['Shift'] })
    await expect.poll(() => dock.innerText()).toContain('3 selected')
    await page.getByLabel('Select second').uncheck()
    await expect.poll(() => dock.innerText()).toContain('2 selected')
    await expect.poll(() => new URL(page.url()).searchParams.get('select')?.split(',')).toHaveLength(2)

    await page.getByLabel('Select all 3 that match').check()
    await expect.poll(() => dock.innerText()).toContain('3 selected, all that match')
    await launchRun({ name: 'newer', epochs: 1, trainCount: 200 })
    await page.getByRole('button', { name: '1 new run' }).waitFor()
    expect(await page.getByLabel('Select newer').count()).toBe(0)
    await page.getByRole('button', { name: '1 new run' }).click()
    await expect.poll(() => page.getByLabel('Select newer').isChecked()).toBe(true)
    await page.getByLabel('Select newer').uncheck()
    await dock.getByRole('button', { name: 'Tag' }).click()
    await page.getByRole('textbox', { name: 'Tag' }).fill('kept')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.poll(() => page.getByTestId('runs-table').getByText('kept').count()).toBe(3)

    await dock.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'CSV, columns that are shown' }).click()
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toContain('id,name,status,dataset,metric.trainLoss,metric.validationLoss,created')

    await dock.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 3 runs' }).click()
    await page.getByText('3 runs are in the trash').waitFor()
    const rows = page.getByTestId('runs-table').locator('tbody tr[data-run]')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('newer')])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => rows.count()).toBe(4)

    // All that match are those of the filter that they were ticked with.
    await page.getByLabel('Select all 4 that match').check()
    await page.getByLabel('Search runs').fill('first')
    await expect.poll(() => rows.count()).toBe(1)
    await expect.poll(() => dock.count()).toBe(0)
  })

  it('is no part of a view that has a name, which everybody finds, renames and deletes', async () => {
    await untilServerSays(await launchRun({ name: 'shown', epochs: 1, trainCount: 200 }), 'COMPLETED')
    await page.goto(`${lab.url}/runs?columns=name,status&sort=name`)
    await page.getByLabel('Select shown').check()
    await expect.poll(() => page.url()).toContain('select=')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('Names')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const views = page.getByRole('list', { name: 'Views' })
    await expect.poll(() => views.getByRole('link').allInnerTexts()).toEqual(['Names'])
    await page.getByRole('button', { name: 'Rename Names' }).click()
    await page.getByRole('textbox', { name: 'New name of Names' }).fill('By name')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect.poll(() => views.getByRole('link').allInnerTexts()).toEqual(['By name'])

    await page.goto(`${lab.url}/runs`)
    await page.getByRole('button', { name: 'Views' }).click()
    await views.getByRole('link', { name: 'By name' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('name')
    expect(new URL(page.url()).searchParams.get('select')).toBeNull()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Delete By name' }).click()
    await expect.poll(() => views.getByRole('link').count()).toBe(0)
  })
})

describe('an address', () => {
  it('of no run says so and leads back', async () => {
    await page.goto(`${lab.url}/runs/nothing-here`)
    await page.getByTestId('run-missing').waitFor()
    await page.getByTestId('run-missing').getByRole('link').first().click()
    await page.waitForURL(`${lab.url}/runs`)
  })

  it('of an epoch that there is not is corrected to the nearest', async () => {
    const id = await launchRun({ epochs: 2 })
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
    const id = await launchRun()
    await page.goto(`${lab.url}/compare?runs=gone-1,gone-2`)
    const nothing = page.getByLabel('Nothing to compare')
    await expect.poll(() => nothing.innerText()).toMatch(/gone-1.*gone-2/)
    expect(await page.getByTestId('line-chart').count()).toBe(0)
    await page.goto(`${lab.url}/compare?runs=${id},gone-1`)
    await page.getByText(/There is no run .gone-1./).waitFor()
    await page.getByRole('table', { name: 'Comparison' }).getByText('Add another run').waitFor()
    await page.getByRole('button', { name: 'Take out' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('runs')).toBe(id)
    await page.goto(`${lab.url}/compare?runs=gone-1`)
    await nothing.getByRole('link').click()
    await page.waitForURL(`${lab.url}/runs`)
  })
})
