import type { LandmarkContent } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { addLandmark, MAXIMUM_LANDMARKS, readLandmarks, removeLandmark } from '../src/runs/landmarks.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'

const config = { data: { dataset: 'mnist' as const }, architecture: { kind: 'dense' as const, latentDimension: 2 } }

async function trained(store: OpenStore) {
  const { run, attempt } = await store.start('Trained', config)
  await store.recorder.report(attempt, epochReport(1))
  await store.recorder.report(attempt, epochReport(2))
  return run
}

const linesOf = async (store: OpenStore, id: string) =>
  (await store.runs.eventsAfter(id, { after: 0 }, 200)).filter(({ kind }) => kind === 'LANDMARK_CHANGED').map(({ payload }) => payload)

const good: readonly (readonly [name: string, content: LandmarkContent])[] = [
  ['Größe 7', { kind: 'POINT', epoch: 2, code: [0.1, -3e7] }],
  ['few', { kind: 'SELECTION', rows: [29, 0, 4, 4] }],
  ['one to seven', { kind: 'DIRECTION', towards: { to: 7, from: 1 } }],
  ['few', { kind: 'DIRECTION', towards: { rows: [5] } }],
]

describe('landmarks of a latent space', () => {
  it('are kept with the run under their names, and are events of it', async () => {
    await using store = await openStore()
    const { id, number } = await trained(store)
    for (const [name, content] of good) await addLandmark(store, id, { name: ` ${name} `, content })
    const kept = await readLandmarks(store.database, number)
    expect(kept.map(({ kind, name, content }) => [kind, name, 'value' in content && content.value])).toEqual([
      ['DIRECTION', 'few', { kind: 'DIRECTION', towards: { rows: [5] } }],
      ['SELECTION', 'few', { kind: 'SELECTION', rows: [0, 4, 29] }],
      ['POINT', 'Größe 7', { kind: 'POINT', epoch: 2, code: [0.1, -3e7] }],
      ['DIRECTION', 'one to seven', { kind: 'DIRECTION', towards: { to: 7, from: 1 } }],
    ])
    await removeLandmark(store, id, { kind: 'SELECTION', name: 'few' })
    expect((await readLandmarks(store.database, number)).map(({ kind }) => kind)).toEqual(['DIRECTION', 'POINT', 'DIRECTION'])
    expect((await linesOf(store, id)).at(-1)).toEqual({ kind: 'SELECTION', name: 'few', isKept: false })
    expect(await linesOf(store, id)).toHaveLength(5)
  })

  it('that the run does not have are refused, and nothing is kept of them', async () => {
    await using store = await openStore()
    const { id, number } = await trained(store)
    await addLandmark(store, id, { name: 'taken', content: { kind: 'POINT', epoch: 1, code: [0, 0] } })
    const refused: readonly (readonly [name: string, content: LandmarkContent, message: RegExp])[] = [
      ['a', { kind: 'POINT', epoch: 1, code: [0] }, /point\.code: expected 2 numbers, got 1/],
      ['a', { kind: 'POINT', epoch: 1, code: [0, Number.NaN] }, /finite/],
      ['a', { kind: 'POINT', epoch: 3, code: [0, 0] }, /from 1 to 2, got 3/],
      ['a', { kind: 'POINT', epoch: 0, code: [0, 0] }, /from 1 to 2, got 0/],
      ['a', { kind: 'SELECTION', rows: [] }, /at least one example/],
      ['a', { kind: 'SELECTION', rows: [30] }, /from 0 to 29.*got 30/],
      ['a', { kind: 'SELECTION', rows: [-1] }, /got -1/],
      ['a', { kind: 'DIRECTION', towards: { rows: [30] } }, /direction\.rows.*got 30/],
      ['a', { kind: 'DIRECTION', towards: { to: 10, from: 0 } }, /direction\.to: expected a class from 0 to 9, got 10/],
      ['a', { kind: 'DIRECTION', towards: { to: 3, from: 3 } }, /two classes/],
      [' ', { kind: 'SELECTION', rows: [1] }, /name/],
      ['x'.repeat(41), { kind: 'SELECTION', rows: [1] }, /1 to 40 characters, got 41/],
      ['a\u202eb', { kind: 'SELECTION', rows: [1] }, /visible/],
      ['taken', { kind: 'POINT', epoch: 2, code: [1, 1] }, /no other point of the run has, got "taken"/],
    ]
    for (const [name, content, message] of refused) await expect(addLandmark(store, id, { name, content })).rejects.toThrow(message)
    await expect(removeLandmark(store, id, { kind: 'POINT', name: 'nothing' })).rejects.toThrow(
      /expected a point of the run, got "nothing"/,
    )
    await expect(addLandmark(store, 'nothing', { name: 'a', content: { kind: 'SELECTION', rows: [1] } })).rejects.toThrow(/run/)
    expect(await readLandmarks(store.database, number)).toHaveLength(1)
    expect(await linesOf(store, id)).toHaveLength(1)
  })

  it('are so many at most', async () => {
    await using store = await openStore()
    const { id } = await trained(store)
    const content = { kind: 'SELECTION' as const, rows: [1] }
    for (let one = 0; one < MAXIMUM_LANDMARKS; one++) await addLandmark(store, id, { name: `${one}`, content })
    await expect(addLandmark(store, id, { name: 'more', content })).rejects.toThrow(/at most 100 of a run/)
    await removeLandmark(store, id, { kind: 'SELECTION', name: '7' })
    await addLandmark(store, id, { name: 'more', content })
  })

  it('of which one cannot be read hide no others', async () => {
    await using store = await openStore()
    const { id, number } = await trained(store)
    await addLandmark(store, id, { name: 'a', content: { kind: 'SELECTION', rows: [1] } })
    await addLandmark(store, id, { name: 'b', content: { kind: 'SELECTION', rows: [2] } })
    await store.database.write(({ landmark }) => landmark.updateMany({ where: { name: 'a' }, data: { content: new Uint8Array([1, 2]) } }))
    const [first, second] = await readLandmarks(store.database, number)
    expect(first?.content).toMatchObject({ problem: expect.stringContaining('landmark') })
    expect(second?.content).toEqual({ value: { kind: 'SELECTION', rows: [2] } })
  })

  it('go with their run', async () => {
    await using store = await openStore()
    const { id, number } = await trained(store)
    await addLandmark(store, id, { name: 'a', content: { kind: 'SELECTION', rows: [1] } })
    await store.database.write(({ run }) => run.delete({ where: { number } }))
    expect(await readLandmarks(store.database, number)).toEqual([])
  })
})
