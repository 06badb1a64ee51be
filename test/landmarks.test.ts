import { expect, it } from 'vitest'
import { button, linked, train, typed, untilWhole, visit } from './harness/explorer.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { openPage } from './harness/openPage.js'

useLabPage()

const LANDMARKS = 'query($id: ID!) { run(id: $id) { landmarks { kind name epoch code rows classes { to from } } } }'
const kept = async (id: string) => (await query(lab.url, LANDMARKS, { id })).run.landmarks
const panel = () => page.getByRole('region', { name: 'Landmarks' })

async function keep(what: string | null, name: string): Promise<void> {
  if (what !== null) await page.getByLabel('What is kept').selectOption(what)
  await page.getByLabel('Its name').fill(name)
  await button('Keep').click()
}

it('a code, a selection and a direction get names, are there for others at once, and bring back what they were', async () => {
  const id = await train({ epochs: 2 })
  await visit(id, '&z=0_1.2345678_3_-2')
  await untilWhole()
  await panel().getByText('None yet.').waitFor()

  await using other = { page: await openPage({ viewport: { width: 1280, height: 900 } }), [Symbol.asyncDispose]: () => other.page.close() }
  await other.page.goto(`${lab.url}/runs/${id}?tab=latent&selected=1_2_3`)
  const theirs = other.page.getByRole('region', { name: 'Landmarks' })
  await theirs.getByText('None yet.').waitFor()

  await keep(null, 'thick seven')
  await button('thick seven').waitFor()
  await theirs.getByRole('button', { name: 'thick seven', exact: true }).waitFor()
  expect(await page.getByLabel('Its name').inputValue()).toBe('')

  // A name that is taken is refused, and stays in its field.
  await keep(null, 'thick seven')
  await panel().getByText('no other point of the run has, got "thick seven"').waitFor()
  expect(await page.getByLabel('Its name').inputValue()).toBe('thick seven')

  await page.getByLabel('What the sliders move').getByText('Named directions').click()
  await page.getByLabel('From class').selectOption('1')
  await page.getByLabel('To class').selectOption('7')
  await button('Add the direction').click()
  await keep('direction mean 7 − mean 1', '')
  await panel().getByRole('button', { name: 'mean 7 − mean 1', exact: true }).waitFor()

  await expect.poll(() => kept(id)).toHaveLength(2)
  const [direction, point] = await kept(id)
  expect(direction).toMatchObject({ kind: 'DIRECTION', name: 'mean 7 − mean 1', classes: { to: 7, from: 1 } })
  expect(point).toMatchObject({ kind: 'POINT', name: 'thick seven', epoch: 2 })
  expect([point.code[0], point.code[3]]).toEqual([Math.fround(1.2345678), -2])

  // From another epoch, with another code and no direction: all of it comes back.
  await visit(id, '&epoch=1')
  await panel().getByRole('button', { name: 'mean 7 − mean 1', exact: true }).click()
  await expect.poll(() => linked('named')).toBe('7-1')
  await button('thick seven').click()
  await expect.poll(() => linked('z')).toBe('0_1.2345678_3_-2')
  await expect.poll(() => linked('epoch')).not.toBe('1')
  await page.getByLabel('What the sliders move').getByText('Units').click()
  await expect.poll(() => typed(0).inputValue()).toBe('1.235')

  await button('Remove thick seven').click()
  await expect.poll(() => button('thick seven').count()).toBe(0)
  await expect.poll(() => theirs.getByRole('button', { name: 'thick seven', exact: true }).count()).toBe(0)
  await expect.poll(() => kept(id)).toHaveLength(1)
})

it('a selection comes back with its examples', async () => {
  const id = await train()
  const add = 'mutation($id: ID!) { addLandmark(runId: $id, name: "A few", landmark: { selection: [3, 1, 4] }) { id } }'
  await query(lab.url, add, { id })
  await visit(id)
  await button('A few').click()
  await page.getByTestId('selection').getByText('3 selected').waitFor()
  await page.getByLabel('What is kept').selectOption('selection')
  await keep('selection', 'The same')
  await expect
    .poll(async () => (await kept(id)).map(({ rows }: { rows: number[] }) => rows))
    .toEqual([
      [1, 3, 4],
      [1, 3, 4],
    ])
})
