import { readFile } from 'node:fs/promises'
import { buildSchema, type DocumentNode, getNamedType, Kind, type SelectionSetNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import { describe, expect, test } from 'vitest'
import * as generated from '../src/data/generated/graphql'
import {
  ExperimentRowFieldsFragmentDoc,
  PaletteSearchDocument,
  RunDocument,
  RunRevisedFieldsFragmentDoc,
  StopExperimentDocument,
  StopRunDocument,
  UpdateRunDocument,
} from '../src/data/generated/graphql'
import { makeCache } from '../src/data/makeCache'
import { writeRunEvent } from '../src/data/writeRunEvent'
import { eventRow, makeRun, statusChanged } from './runFixtures'

const id = 'a'

function cacheWithRun(changes: Parameters<typeof makeRun>[0] = {}) {
  const cache = makeCache()
  cache.writeQuery({ query: RunDocument, variables: { id }, data: { run: makeRun({ id, ...changes }) } })
  const read = () => cache.readQuery({ query: RunDocument, variables: { id } })?.run
  return { cache, read }
}

describe('an answer that is older than what is known', () => {
  test('takes back nothing that events changed: the run stopped before the answer to stopping it was read', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING', revision: 4 })
    const event = statusChanged(6, 'STOPPED')
    writeRunEvent(cache, id, { ...event, run: { ...event.run, revision: 6 } })
    cache.writeQuery({ query: StopRunDocument, variables: { id }, data: { stopRun: eventRow({ id, status: 'RUNNING', revision: 5 }) } })
    expect(read()).toMatchObject({ status: 'STOPPED', revision: 6, finishedAt: event.run.finishedAt })
  })

  test('is believed where it is as new, or newer', () => {
    const { cache, read } = cacheWithRun({ status: 'RUNNING', revision: 4 })
    for (const [status, revision] of [
      ['QUEUED', 4],
      ['STOPPED', 5],
    ] as const) {
      cache.writeQuery({ query: StopRunDocument, variables: { id }, data: { stopRun: eventRow({ id, status, revision }) } })
      expect(read()).toMatchObject({ status, revision })
    }
  })

  test('takes back nothing inside a list, and still says what was not known', () => {
    const { cache, read } = cacheWithRun({ status: 'COMPLETED', name: 'New', revision: 9 })
    const run = { __typename: 'Run' as const, id, revision: 7, number: 1, name: 'Old', status: 'RUNNING' as const }
    const other = { ...run, id: 'b' }
    const data = {
      runs: { __typename: 'RunConnection' as const, nodes: [run, other] },
      experiments: { __typename: 'ExperimentConnection' as const, nodes: [] },
      reports: [],
    }
    cache.writeQuery({ query: PaletteSearchDocument, variables: { text: '' }, data })
    expect(read()).toMatchObject({ name: 'New', status: 'COMPLETED' })
    const found = cache.readQuery({ query: PaletteSearchDocument, variables: { text: '' } })
    expect(found?.runs.nodes.map(({ name }) => name)).toEqual(['New', 'Old'])
  })

  test('takes back no notes', () => {
    const { cache, read } = cacheWithRun({ revision: 2 })
    for (const [notes, revision] of [
      ['second', 4],
      ['first', 3],
    ] as const) {
      const { starred, tags, archivedAt, name } = makeRun()
      const updateRun = { __typename: 'Run' as const, id, revision, starred, tags, archivedAt, name, notes }
      cache.writeQuery({ query: UpdateRunDocument, variables: { id, input: {} }, data: { updateRun } })
    }
    expect(read()).toMatchObject({ notes: 'second', revision: 4 })
  })

  test('takes back no counts of an experiment', () => {
    const cache = makeCache()
    const count = (running: number) => ({
      __typename: 'StatusCounts' as const,
      total: 1,
      queued: 0,
      running,
      stopped: 1 - running,
      completed: 0,
      failed: 0,
    })
    const answer = (running: number, revision: number) => ({
      __typename: 'Experiment' as const,
      id,
      revision,
      number: 1,
      name: 'Sweep',
      quick: false,
      figure: 'RECONSTRUCTIONS' as const,
      createdAt: '2026-01-01T00:00:00.000Z',
      runNumbers: [1, 2],
      preset: null,
      search: null,
      statusCounts: count(running),
      progress: { __typename: 'ExperimentProgress' as const, epochs: 4, epochsCompleted: 0, fraction: 0, secondsLeft: null },
    })
    const fragment = { fragment: ExperimentRowFieldsFragmentDoc, fragmentName: 'ExperimentRowFields' }
    const stored = cache.identify({ __typename: 'Experiment', id })
    if (!stored) throw new Error('The cache does not tell experiments apart.')
    cache.writeFragment({ id: stored, ...fragment, data: answer(0, 8) })
    cache.writeQuery({ query: StopExperimentDocument, variables: { id }, data: { stopExperiment: answer(1, 7) } })
    expect(cache.readFragment({ id: stored, ...fragment })?.statusCounts).toMatchObject({ running: 0, stopped: 1 })
  })
})

test('whoever reads what events change of a run or an experiment reads its revision', async () => {
  const typeInfo = new TypeInfo(buildSchema(await readFile(new URL('../../server/schema.graphql', import.meta.url), 'utf8')))
  const documents = Object.entries(generated).filter((entry): entry is [string, DocumentNode] => /Document$/.test(entry[0]))
  const revised = new Map<string, readonly string[]>([
    ['Run', fieldsOf(RunRevisedFieldsFragmentDoc, 'RunRevisedFields')],
    // Rows of runs name their experiment, which costs nothing to read.
    ['Experiment', fieldsOf(ExperimentRowFieldsFragmentDoc, 'ExperimentRowFields').filter((name) => name !== 'name')],
  ])
  const unversioned: string[] = []
  let read = 0
  for (const [name, document] of documents) {
    const inspect = visitWithTypeInfo(typeInfo, {
      Field: ({ selectionSet, name: field }) => {
        const type = getNamedType(typeInfo.getType())?.name
        const changing = type && revised.get(type)
        if (!selectionSet || !changing) return
        const asked = fieldsIn(selectionSet, document)
        if (!asked.some((one) => changing.includes(one))) return
        read++
        if (!asked.includes('revision')) unversioned.push(`${name}: ${field.value}`)
      },
    })
    visit(document, inspect)
  }
  expect(read).toBeGreaterThan(10)
  expect(unversioned).toEqual([])
})

/** Names of what a fragment reads of its object, but for what no event changes. */
function fieldsOf(document: DocumentNode, fragment: string): readonly string[] {
  const fixed = ['id', '__typename', 'number', 'quick', 'figure', 'createdAt', 'preset']
  const spread: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [{ kind: Kind.FRAGMENT_SPREAD, name: { kind: Kind.NAME, value: fragment } }],
  }
  return fieldsIn(spread, document).filter((name) => !fixed.includes(name))
}

/** Names of what a selection reads of its own object, through all fragments. */
function fieldsIn(selection: SelectionSetNode, document: DocumentNode): readonly string[] {
  return selection.selections.flatMap((one): readonly string[] => {
    if (one.kind === Kind.FIELD) return [one.name.value]
    if (one.kind === Kind.INLINE_FRAGMENT) return fieldsIn(one.selectionSet, document)
    const fragment = document.definitions.find((known) => known.kind === Kind.FRAGMENT_DEFINITION && known.name.value === one.name.value)
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsIn(fragment.selectionSet, document) : []
  })
}
