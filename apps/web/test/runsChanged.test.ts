import { gql } from '@apollo/client'
import { describe, expect, test } from 'vitest'
import { ComparedRunDocument, RunColumnFieldsFragmentDoc, RunDocument } from '../src/data/generated/graphql'
import { makeCache } from '../src/data/makeCache'
import { ShownList } from '../src/data/ShownList'
import { columnVariables } from '../src/data/shownColumns'
import { type Shown, writeRunChange as write } from '../src/data/writeRunChange'
import { type Cache, idsOf, type List, readList, writePage } from './cachedLists'
import { epochMetrics, type LiveRow, makeRow, makeRun } from './runFixtures'

/** Writes a list as {@link writePage} does, and shows it; returns how changes are written that tell where a run stands there. */
function show(list: List, ...ids: string[]) {
  const cache = makeCache()
  const shown = new ShownList({ filter: list.filter ?? null, orderBy: list.orderBy ?? null })
  const nodes = ids.map((id) => makeRow({ id }))
  shown.replace(writePage(cache, nodes, list), { isOlder: false })
  const tell = (id: string, cursor: string | null, change: 'CREATED' | 'UPDATED' | 'DELETED' = 'UPDATED') =>
    write(
      cache,
      { ...changed(change, id, change === 'DELETED' ? null : makeRow({ id })), cursors: [cursor] },
      { columns: [], lists: [shown] },
    )
  return { cache, shown, tell, ids: () => idsOf(cache, list), count: () => readList(cache, list).totalCount }
}

const writeRunChange = (cache: Cache, change: Parameters<typeof write>[1], shown: Partial<Shown> = {}) =>
  write(cache, change, { columns: [], lists: [], ...shown })

const changed = (change: 'CREATED' | 'UPDATED' | 'DELETED', id: string, run: LiveRow | null = null) =>
  ({ __typename: 'RunsChanged', change, id, run, cursors: [] }) as const

const byLoss = { orderBy: [{ field: 'VALIDATION_LOSS', direction: 'ASC' }] } satisfies List
const better = { filter: { values: [{ name: 'metric.peakSignalToNoiseRatio', minimum: 20 }] } } satisfies List

describe('changes of the table of runs', () => {
  test('put a new run first, once', () => {
    const list = show({}, 'b', 'a')
    expect(list.tell('c', '05', 'CREATED')).toBe(false)
    expect(list.tell('c', '05', 'CREATED')).toBe(false)
    expect(list.ids()).toEqual(['c', 'b', 'a'])
    expect(list.count()).toBe(11)
  })

  test('change a row in place', () => {
    const { cache, shown } = show({}, 'b', 'a')
    const change = { ...changed('UPDATED', 'a', makeRow({ id: 'a', status: 'RUNNING' })), cursors: ['11'] }
    expect(writeRunChange(cache, change, { lists: [shown] })).toBe(false)
    expect(readList(cache).nodes.map(({ status }) => status)).toEqual(['QUEUED', 'RUNNING'])
  })

  test('put a run that begins to match among the newest first where it stands, and take it out once it matches no more', () => {
    const list = show({ ...better, isWhole: true, totalCount: 2 }, 'b', 'a')
    expect(list.tell('x', null)).toBe(false)
    expect(list.tell('x', '105')).toBe(false)
    expect(list.ids()).toEqual(['b', 'x', 'a'])
    expect(list.tell('y', '12')).toBe(false)
    expect(list.ids()).toEqual(['b', 'x', 'a', 'y'])
    expect(list.tell('b', null)).toBe(false)
    expect(list.ids()).toEqual(['x', 'a', 'y'])
    expect(list.count()).toBe(3)
  })

  test('take an archived run out of the list, and put it back where it was, be it behind what was read', () => {
    const list = show({}, 'c', 'b', 'a')
    expect(list.tell('b', null)).toBe(false)
    expect(list.ids()).toEqual(['c', 'a'])
    expect(list.tell('b', '11')).toBe(false)
    expect(list.ids()).toEqual(['c', 'b', 'a'])
    // It may have been in the archive.
    expect(list.tell('old', '99')).toBe(true)
    expect(list.tell('old', null)).toBe(false)
    expect(list.count()).toBe(9)
    expect(list.tell('old', '99')).toBe(false)
    expect(list.ids()).toEqual(['c', 'b', 'a'])
    expect(list.count()).toBe(10)
    // The last that was read, too.
    expect(list.tell('a', null)).toBe(false)
    expect(list.tell('a', '12')).toBe(false)
    expect(list.ids()).toEqual(['c', 'b', 'a'])
  })

  test('take a deleted run out of every list', () => {
    const cache = makeCache()
    const filter = { search: 'x' }
    writePage(cache, [makeRow({ id: 'b' }), makeRow({ id: 'a' })])
    writePage(cache, [makeRow({ id: 'a' })], { filter })
    writeRunChange(cache, changed('DELETED', 'a'))
    writeRunChange(cache, changed('DELETED', 'a'))
    expect(idsOf(cache)).toEqual(['b'])
    expect(idsOf(cache, { filter })).toEqual([])
    expect(readList(cache).totalCount).toBe(9)
  })

  test('count a deleted run no more in a list that is told of, and again once it is back, be it behind what was read', () => {
    const list = show({}, 'c', 'b', 'a')
    expect(list.tell('b', null, 'DELETED')).toBe(false)
    expect(list.ids()).toEqual(['c', 'a'])
    expect(list.tell('old', '99')).toBe(true)
    expect(list.tell('old', null, 'DELETED')).toBe(false)
    expect(list.count()).toBe(8)
    expect(list.tell('old', '99', 'CREATED')).toBe(false)
    expect(list.tell('b', '11', 'CREATED')).toBe(false)
    expect(list.ids()).toEqual(['c', 'b', 'a'])
    expect(list.count()).toBe(10)
    // Whether it was counted is not known.
    expect(list.tell('other', null, 'DELETED')).toBe(true)
  })

  test('have a list of what is deleted read again once one is, as its row is not told, and take out what is back', () => {
    const list = show({ filter: { text: 'is deleted' } }, 'b', 'a')
    expect(list.tell('c', '05', 'DELETED')).toBe(true)
    expect(list.tell('a', '11', 'DELETED')).toBe(false)
    expect(list.ids()).toEqual(['b', 'a'])
    expect(list.tell('a', null, 'CREATED')).toBe(false)
    expect(list.ids()).toEqual(['b'])
    // It may have been further down.
    expect(list.tell('x', null, 'CREATED')).toBe(true)
  })

  test('list a run among those that went on from its parent, the newest first, until it is deleted', () => {
    const cache = makeCache()
    const { parent: _parent, ...parent } = makeRun({ id: 'a' })
    cache.writeQuery({ query: RunDocument, variables: { id: 'a' }, data: { run: { ...parent, parent: null } } })
    const childrenOf = (id: string) => cache.readQuery({ query: RunDocument, variables: { id } })?.run.children.map((child) => child.id)
    const child = (id: string, number: number) => makeRow({ id, number, parent: { __typename: 'RunParent', runId: 'a' } })
    writeRunChange(cache, changed('CREATED', 'b', child('b', 2)))
    writeRunChange(cache, changed('CREATED', 'd', child('d', 4)))
    // One that comes back from the trash is older than those that were launched since.
    writeRunChange(cache, changed('CREATED', 'c', child('c', 3)))
    writeRunChange(cache, changed('UPDATED', 'b', child('b', 2)))
    expect(childrenOf('a')).toEqual(['d', 'c', 'b'])
    writeRunChange(cache, changed('DELETED', 'd'))
    expect(childrenOf('a')).toEqual(['c', 'b'])
  })

  test('tell the page of a run whether the one that it started from is there, also once that is back from the trash', () => {
    const cache = makeCache()
    const parent = { __typename: 'RunParent' as const, runId: 'a', number: 1, name: 'Before', epoch: 2, run: null }
    const { parent: _none, ...child } = makeRun({ id: 'b' })
    cache.writeQuery({ query: RunDocument, variables: { id: 'b' }, data: { run: { ...child, parent } } })
    const parentOf = () => cache.readQuery({ query: RunDocument, variables: { id: 'b' } })?.run.parent?.run
    expect(parentOf()).toBeNull()
    writeRunChange(cache, changed('CREATED', 'a', makeRow({ id: 'a', name: 'Before' })))
    expect(parentOf()).toMatchObject({ id: 'a', name: 'Before' })
    writeRunChange(cache, changed('DELETED', 'a'))
    expect(parentOf()).toBeNull()
    // As the page of the trash has it.
    cache.writeFragment({
      id: 'Run:a',
      fragment: gql`fragment Trashed on Run { id name deletedAt }`,
      data: { __typename: 'Run', id: 'a', name: 'Before', deletedAt: '2026-11-28T09:00:00Z' },
    })
    expect(parentOf()).toBeNull()
    writeRunChange(cache, changed('CREATED', 'a', makeRow({ id: 'a', name: 'Before' })))
    expect(parentOf()).toMatchObject({ id: 'a' })
  })

  test('have a list in another order read again once a run has moved, and only then', () => {
    const list = show(byLoss, 'b', 'a')
    expect(list.tell('b', '10')).toBe(false)
    expect(list.tell('b', '115')).toBe(true)
    expect(list.tell('b', '115')).toBe(false)
    expect(list.tell('c', '105', 'CREATED')).toBe(true)
    expect(list.tell('b', null)).toBe(true)
    expect(list.tell('b', null)).toBe(false)
    // Where it belongs there the next reading says.
    expect(list.ids()).toEqual(['b', 'a'])
  })

  test('leave a list alone while a run moves behind what was read of it', () => {
    const list = show(byLoss, 'b', 'a')
    expect(['97', '98', '97'].map((cursor) => list.tell('x', cursor))).toEqual([true, false, false])
    expect(list.tell('x', '105')).toBe(true)
    expect(list.tell('x', '99')).toBe(true)
  })

  test.each([better, { ...better, ...byLoss }])(
    'have a list read again where a run may have been in it that is not known, once',
    (list) => {
      const { tell, ids } = show(list, 'b', 'a')
      expect(['97', '97'].map((cursor) => tell('x', cursor))).toEqual([true, false])
      expect([null, null].map((cursor) => tell('y', cursor))).toEqual([true, false])
      // A new one was in none, and all of a list that is whole in view are known.
      expect(tell('z', null, 'CREATED')).toBe(false)
      expect(show({ ...list, isWhole: true }, 'b', 'a').tell('y', null)).toBe(false)
      expect(ids()).toEqual(['b', 'a'])
    },
  )

  test('leave lists alone that are not shown', () => {
    const { cache, tell, ids } = show({}, 'b', 'a')
    writePage(cache, [makeRow({ id: 'a' })], better)
    expect(tell('c', '05', 'CREATED')).toBe(false)
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(idsOf(cache, better)).toEqual(['a'])
  })

  test('change what a table draws, and leave what a page knows besides', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'a' })])
    cache.writeQuery({ query: ComparedRunDocument, variables: { id: 'a' }, data: { run: { ...makeRow({ id: 'a' }), metrics: [] } } })
    // A notice tells neither how the run is configured nor how many examples its data set has.
    const { config: _config, ...told } = makeRow({ id: 'a', status: 'RUNNING', parameterCount: 7 })
    const curve = { __typename: 'Curve' as const, epochs: [1], trainLoss: [0.3], validationLoss: [0.4], problem: null }
    const dataset = { __typename: 'Dataset' as const, id: 'mnist', title: 'MNIST' }
    writeRunChange(cache, { __typename: 'RunsChanged', change: 'UPDATED', id: 'a', run: { ...told, dataset, curve }, cursors: [] })
    expect(readList(cache).nodes[0]).toMatchObject({ status: 'RUNNING', curve })
    const compared = cache.readQuery({ query: ComparedRunDocument, variables: { id: 'a' } })?.run
    expect(compared).toMatchObject({ status: 'RUNNING', parameterCount: 7, dataset: { trainCount: 60_000 } })
  })

  test('bring the columns that are shown, and take away what a run has no more; other columns stay', () => {
    const cache = makeCache()
    const value = (name: string, number: number) => ({ __typename: 'RunValue' as const, name, number, text: null })
    const fragment = { fragment: RunColumnFieldsFragmentDoc, fragmentName: 'RunColumnFields', id: 'Run:a' }
    const columnsOf = (...columns: string[]) =>
      cache.readFragment({ ...fragment, variables: columnVariables(columns) })?.values?.map(({ name, number }) => [name, number])
    writePage(cache, [makeRow({ id: 'a' })])
    expect(columnsOf('x')).toBeUndefined()
    const tell = (columns: string[], ...values: ReturnType<typeof value>[]) =>
      writeRunChange(cache, { ...changed('UPDATED', 'a', makeRow({ id: 'a' })), run: { ...makeRow({ id: 'a' }), values } }, { columns })
    tell(['x', 'y'], value('x', 1), value('y', 2))
    expect(columnsOf('y', 'x')).toEqual([
      ['y', 2],
      ['x', 1],
    ])
    tell(['y', 'z'], value('z', 3))
    expect(columnsOf('x', 'y', 'z')).toEqual([
      ['x', 1],
      ['z', 3],
    ])
    expect(columnsOf('x', 'other')).toBeUndefined()
  })

  test('leave curves alone, which are read on by their epochs', () => {
    const cache = makeCache()
    const metrics = [epochMetrics(1, 0.5)]
    cache.writeQuery({ query: ComparedRunDocument, variables: { id: 'a' }, data: { run: { ...makeRow({ id: 'a' }), metrics } } })
    const summary = { ...makeRow({ id: 'a' }).summary, epochsCompleted: 3 }
    writeRunChange(cache, changed('UPDATED', 'a', makeRow({ id: 'a', status: 'RUNNING', summary })))
    const read = () => cache.readQuery({ query: ComparedRunDocument, variables: { id: 'a' } })?.run
    expect(read()?.metrics.map(({ epoch }) => epoch)).toEqual([1])
  })
})
