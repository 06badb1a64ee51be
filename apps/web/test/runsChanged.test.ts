import { type ApolloClient, gql } from '@apollo/client'
import { CombinedGraphQLErrors } from '@apollo/client/errors'
import { BehaviorSubject, NEVER, of, startWith } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { followLists } from '../src/data/followLists'
import {
  ComparedRunDocument,
  RunColumnFieldsFragmentDoc,
  RunDocument,
  type RunFilter,
  type RunOrder,
  RunsChangedDocument,
  RunsDocument,
} from '../src/data/generated/graphql'
import { LabCursor } from '../src/data/LabCursor'
import { makeCache } from '../src/data/makeCache'
import { columnVariables } from '../src/data/shownColumns'
import { ToldRuns } from '../src/data/ToldRuns'
import { writeRunChange as write } from '../src/data/writeRunChange'
import { epochMetrics, type LiveRow, makeRow, makeRun } from './runFixtures'

type Cache = ReturnType<typeof makeCache>
interface List {
  readonly filter?: RunFilter
  readonly orderBy?: RunOrder
  readonly after?: string
  readonly totalCount?: number
}

const pageInfo = { __typename: 'PageInfo' as const, hasNextPage: true, endCursor: 'c' }
const variablesOf = ({ filter, orderBy, after }: List) => ({
  first: 2,
  after: after ?? null,
  filter: filter ?? null,
  orderBy: orderBy ?? null,
})

function writePage(cache: Cache, nodes: readonly LiveRow[], list: List = {}) {
  const runs = { __typename: 'RunConnection' as const, ranking: null, totalCount: list.totalCount ?? 10, lastSeq: 0, pageInfo, nodes }
  cache.writeQuery({ query: RunsDocument, variables: variablesOf(list), data: { runs } })
}

function readList(cache: Cache, list: List = {}) {
  const answer = cache.readQuery({ query: RunsDocument, variables: variablesOf(list) })
  if (!answer) throw new Error('The list is not complete in the cache.')
  return answer.runs
}

const idsOf = (cache: Cache, list: List = {}) => readList(cache, list).nodes.map(({ id }) => id)
const told = new WeakMap<Cache, ToldRuns>()

function writeRunChange(cache: Cache, change: Parameters<typeof write>[2]) {
  const ofCache = told.get(cache) ?? new ToldRuns()
  told.set(cache, ofCache)
  return write(cache, ofCache, change)
}

const changed = (change: 'CREATED' | 'UPDATED' | 'DELETED', id: string, run: LiveRow | null = null) =>
  ({ __typename: 'RunsChanged', change, id, run, columns: [] }) as const

describe('changes of the table of runs', () => {
  test('put a new run first, once', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'b' }), makeRow({ id: 'a' })])
    expect(writeRunChange(cache, changed('CREATED', 'c', makeRow({ id: 'c' })))).toEqual({ listsAreStale: false, loadChanged: true })
    writeRunChange(cache, changed('CREATED', 'c', makeRow({ id: 'c' })))
    expect(idsOf(cache)).toEqual(['c', 'b', 'a'])
    expect(readList(cache).totalCount).toBe(11)
  })

  test('change a row in place', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'b' }), makeRow({ id: 'a' })])
    const running = makeRow({ id: 'a', status: 'RUNNING' })
    expect(writeRunChange(cache, changed('UPDATED', 'a', running))).toEqual({ listsAreStale: false, loadChanged: true })
    expect(writeRunChange(cache, changed('UPDATED', 'a', running)).loadChanged).toBe(false)
    expect(readList(cache).nodes.map(({ status }) => status)).toEqual(['QUEUED', 'RUNNING'])
  })

  test('have the load read again at each change of status, whoever wrote that into the cache first', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'a', status: 'RUNNING' })])
    const notices = (['STOPPED', 'QUEUED', 'RUNNING', 'RUNNING'] as const).map((status) => {
      // The page of the run follows it by events, which may come before the change of the table.
      writePage(cache, [makeRow({ id: 'a', status })])
      return writeRunChange(cache, changed('UPDATED', 'a', makeRow({ id: 'a', status }))).loadChanged
    })
    expect(notices).toEqual([true, true, true, false])
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

  test('leave it to the API where a run belongs in a filtered or reordered list', () => {
    const cache = makeCache()
    const orderBy = { field: 'VALIDATION_LOSS', direction: 'ASC' } as const
    writePage(cache, [makeRow({ id: 'a' })], { orderBy })
    expect(writeRunChange(cache, changed('CREATED', 'b', makeRow({ id: 'b' }))).listsAreStale).toBe(true)
    expect(idsOf(cache, { orderBy })).toEqual(['a'])
  })

  test.each([{ values: [{ name: 'metric.validationLoss', maximum: 0.1 }] }, { experiment: [null] }, { status: [] }] satisfies RunFilter[])(
    'leave it to the API which runs %j finds',
    (filter) => {
      const cache = makeCache()
      writePage(cache, [makeRow({ id: 'a' })], { filter })
      expect(writeRunChange(cache, changed('CREATED', 'b', makeRow({ id: 'b' }))).listsAreStale).toBe(true)
      expect(idsOf(cache, { filter })).toEqual(['a'])
    },
  )

  test('leave a sorted list alone where what it is sorted by did not change', () => {
    const row = (name: string, validationLoss: number) => {
      const plain = makeRow({ id: 'a' })
      return { ...plain, name, summary: { ...plain.summary, validationLoss } }
    }
    const staleFor = (list: List, from: LiveRow, to: LiveRow) => {
      const cache = makeCache()
      writePage(cache, [from], list)
      writeRunChange(cache, changed('UPDATED', 'a', from))
      writePage(cache, [to], list)
      return writeRunChange(cache, changed('UPDATED', 'a', to)).listsAreStale
    }
    const byLoss = { orderBy: { field: 'VALIDATION_LOSS', direction: 'ASC' } } satisfies List
    const byValue = { orderBy: { value: 'metric.bestEpoch', direction: 'ASC' } } satisfies List
    const named = { filter: { search: 'x' } } satisfies List
    expect(staleFor(byLoss, row('x', 0.2), row('y', 0.2))).toBe(false)
    expect(staleFor(byLoss, row('x', 0.2), row('x', 0.1))).toBe(true)
    expect(staleFor(named, row('x', 0.2), row('x', 0.1))).toBe(false)
    expect(staleFor(named, row('x', 0.2), row('y', 0.2))).toBe(true)
    expect(staleFor(byValue, row('x', 0.2), row('x', 0.2))).toBe(true)
  })

  test('change what a table draws, and leave what a page knows besides', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'a' })])
    cache.writeQuery({ query: ComparedRunDocument, variables: { id: 'a' }, data: { run: { ...makeRow({ id: 'a' }), metrics: [] } } })
    // A notice tells neither how the run is configured nor how many examples its data set has.
    const { config: _config, ...told } = makeRow({ id: 'a', status: 'RUNNING', parameterCount: 7 })
    const curve = { __typename: 'Curve' as const, epochs: [1], trainLoss: [0.3], validationLoss: [0.4], problem: null }
    const dataset = { __typename: 'Dataset' as const, id: 'mnist', title: 'MNIST' }
    writeRunChange(cache, { __typename: 'RunsChanged', change: 'UPDATED', id: 'a', run: { ...told, dataset, curve }, columns: [] })
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
      writeRunChange(cache, { ...changed('UPDATED', 'a', makeRow({ id: 'a' })), run: { ...makeRow({ id: 'a' }), values }, columns })
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

describe('pages of runs', () => {
  test('follow one another', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'd' }), makeRow({ id: 'c' })])
    writePage(cache, [makeRow({ id: 'c' }), makeRow({ id: 'b' })], { after: 'c' })
    expect(idsOf(cache)).toEqual(['d', 'c', 'b'])
  })

  test('stay when the first is read again', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'd' }), makeRow({ id: 'c' })])
    writePage(cache, [makeRow({ id: 'b' }), makeRow({ id: 'a' })], { after: 'c' })
    writePage(cache, [makeRow({ id: 'e' }), makeRow({ id: 'd' })])
    expect(idsOf(cache)).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  test('give way where the first has nothing in common with them any more', () => {
    const cache = makeCache()
    writePage(cache, [makeRow({ id: 'd' }), makeRow({ id: 'c' })])
    writePage(cache, [makeRow({ id: 'z' }), makeRow({ id: 'y' })])
    expect(idsOf(cache)).toEqual(['z', 'y'])
  })
})

test('rows stay live where the columns that they show are refused', async () => {
  const refused = new CombinedGraphQLErrors({ errors: [{ message: 'values: expected at most 60 names, got 61.' }] })
  const row = { runsChanged: { __typename: 'RunsChanged' as const, seq: 7, change: 'DELETED' as const, id: 'a', run: null } }
  const subscribe = ({ variables }: { variables: { columns?: readonly string[] } }) =>
    variables.columns ? of({ data: undefined, error: refused }) : NEVER.pipe(startWith({ data: row }))
  const client = { subscribe } as unknown as ApolloClient
  const cursor = new LabCursor(client)
  cursor.advance(3)
  const written: unknown[] = []
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const following = followLists(client, {
    subscription: RunsChangedDocument,
    columns: new BehaviorSubject<readonly string[]>(['config.a']),
    cursor,
    seqOf: ({ runsChanged }) => runsChanged.seq,
    write: (data, columns) => written.push([data, columns]),
    what: 'the table of runs',
  })
  await vi.waitFor(() => expect(written).toEqual([[row, []]]))
  expect(said).toHaveBeenCalledOnce()
  expect(await cursor.read()).toBe(7)
  following.unsubscribe()
  said.mockRestore()
})
