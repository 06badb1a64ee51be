import { expect, it } from 'vitest'
import { deleteView, MAXIMUM_VIEWS, readViews, saveView, updateView } from '../src/runs/savedViews.js'
import { openStore } from './openStore.js'

it('a view is stored under a name, renamed, given another address and deleted', async () => {
  await using store = await openStore()
  const { database } = store
  const best = await saveView(database, { name: ' Best  ', address: '?sort=metric.validationLoss&q=z+%3C%3D+32' })
  expect(best).toMatchObject({ name: 'Best', address: '?sort=metric.validationLoss&q=z+%3C%3D+32' })
  const second = await saveView(database, { name: 'View 10', address: '' })
  await saveView(database, { name: 'View 9', address: '?' })
  const listed = async () => (await readViews(database)).map(({ name, address }) => [name, address])
  expect(await listed()).toEqual([
    ['Best', best.address],
    ['View 9', ''],
    ['View 10', ''],
  ])
  expect(await updateView(database, best.id, { name: 'Best' })).toMatchObject({ name: 'Best' })
  await updateView(database, best.id, { name: 'Лучшие' })
  await updateView(database, second.id, { address: '?group=model.codeSize' })
  expect(await deleteView(database, best.id)).toMatchObject({ name: 'Лучшие', address: best.address })
  expect(await listed()).toEqual([
    ['View 9', ''],
    ['View 10', '?group=model.codeSize'],
  ])
})

it('a view is refused that has the name of another, leads elsewhere, or is one too many, and what is not there is said so', async () => {
  await using store = await openStore()
  const { database } = store
  const { id } = await saveView(database, { name: 'Mine', address: '' })
  const other = await saveView(database, { name: 'Other', address: '' })
  const refusals = [
    [() => saveView(database, { name: 'Mine', address: '?q=a' }), 'BAD_USER_INPUT', /no other view has, got "Mine"/],
    [() => updateView(database, other.id, { name: 'Mine' }), 'BAD_USER_INPUT', /no other view has, got "Mine"/],
    [() => saveView(database, { name: ' ', address: '' }), 'BAD_USER_INPUT', /expected 1 to 100 characters/],
    [() => saveView(database, { name: 'a', address: '//elsewhere.example' }), 'BAD_USER_INPUT', /begin with a question mark/],
    [() => saveView(database, { name: 'a', address: `?q=${'a'.repeat(8_000)}` }), 'BAD_USER_INPUT', /at most 8000 characters/],
    [() => updateView(database, 'nothing', { name: 'a' }), 'VIEW_NOT_FOUND', /got "nothing"/],
    [() => deleteView(database, 'nothing'), 'VIEW_NOT_FOUND', /got "nothing"/],
  ] as const
  for (const [ask, code, message] of refusals) {
    await expect(ask()).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  }
  const rows = Array.from({ length: MAXIMUM_VIEWS - 2 }, (_, index) => ({ id: `view${index}`, name: `View ${index}`, address: '' }))
  await database.write((transaction) => transaction.savedView.createMany({ data: rows }))
  await expect(saveView(database, { name: 'One more', address: '' })).rejects.toMatchObject({
    message: expect.stringMatching(/at most 200/),
  })
  expect((await readViews(database)).some((view) => view.id === id)).toBe(true)
})
