import { describe, expect, test } from 'vitest'
import { ExperimentDocument, type ExperimentRowFieldsFragment, ExperimentsDocument } from '../src/data/generated/graphql'
import { makeCache } from '../src/data/makeCache'
import { writeExperimentChange } from '../src/data/writeExperimentChange'
import { writeRunChange } from '../src/data/writeRunChange'
import { describeCounts, experimentStatus } from '../src/features/experiment/describeExperiment'
import { makeRow } from './runFixtures'

type Cache = ReturnType<typeof makeCache>

const counts = { __typename: 'StatusCounts' as const, total: 2, queued: 2, running: 0, stopped: 0, completed: 0, failed: 0 }

function makeExperiment({ id, ...changes }: Partial<ExperimentRowFieldsFragment> & { id: string }): ExperimentRowFieldsFragment {
  return {
    __typename: 'Experiment',
    id,
    revision: 0,
    number: 1,
    name: `Experiment ${id}`,
    quick: false,
    figure: 'RECONSTRUCTIONS',
    createdAt: '2026-01-01T00:00:00.000Z',
    runNumbers: [1, 2],
    preset: null,
    search: null,
    statusCounts: counts,
    progress: { __typename: 'ExperimentProgress', epochs: 4, epochsCompleted: 0, fraction: 0, secondsLeft: null },
    ...changes,
  }
}

const variables = { first: 20 }
const changed = (change: 'CREATED' | 'UPDATED' | 'DELETED', id: string, experiment: ExperimentRowFieldsFragment | null = null) =>
  ({ __typename: 'ExperimentsChanged', change, id, experiment }) as const

function writeList(cache: Cache, nodes: readonly ExperimentRowFieldsFragment[]) {
  const pageInfo = { __typename: 'PageInfo' as const, hasNextPage: false, endCursor: null }
  const experiments = { __typename: 'ExperimentConnection' as const, totalCount: nodes.length, lastSeq: 0, pageInfo, nodes }
  cache.writeQuery({ query: ExperimentsDocument, variables, data: { experiments } })
}

function readList(cache: Cache) {
  const answer = cache.readQuery({ query: ExperimentsDocument, variables })
  if (!answer) throw new Error('The list is not complete in the cache.')
  return answer.experiments
}

describe('changes of experiments', () => {
  test('put a new one first, once, and change a known one in place', () => {
    const cache = makeCache()
    writeList(cache, [makeExperiment({ id: 'a' })])
    writeExperimentChange(cache, changed('CREATED', 'b', makeExperiment({ id: 'b' })))
    writeExperimentChange(cache, changed('CREATED', 'b', makeExperiment({ id: 'b' })))
    writeExperimentChange(cache, changed('UPDATED', 'a', makeExperiment({ id: 'a', name: 'Renamed' })))
    expect(readList(cache).nodes.map(({ name }) => name)).toEqual(['Experiment b', 'Renamed'])
    expect(readList(cache).totalCount).toBe(2)
  })

  test('take a deleted one out of the list', () => {
    const cache = makeCache()
    writeList(cache, [makeExperiment({ id: 'b' }), makeExperiment({ id: 'a' })])
    writeExperimentChange(cache, changed('DELETED', 'b'))
    expect(readList(cache)).toMatchObject({ totalCount: 1, nodes: [{ id: 'a' }] })
  })

  test('leave its page without the runs that were deleted', () => {
    const cache = makeCache()
    const runs = [makeRow({ id: 'r', label: 'z = 2' }), makeRow({ id: 's', label: 'z = 1' })]
    const experiment = { ...makeExperiment({ id: 'a' }), runs }
    cache.writeQuery({ query: ExperimentDocument, variables: { id: 'a' }, data: { experiment } })
    const change = { __typename: 'RunsChanged', change: 'DELETED', id: 'r', run: null, cursors: [] } as const
    writeRunChange(cache, change, { columns: [], lists: [] })
    const answer = cache.readQuery({ query: ExperimentDocument, variables: { id: 'a' } })
    expect(answer?.experiment.runs.map(({ label }) => label)).toEqual(['z = 1'])
  })
})

describe('an experiment in words', () => {
  test.each([
    [counts, 'QUEUED', '0 of 2 runs completed, 2 queued'],
    [{ ...counts, queued: 0, running: 1, completed: 1 }, 'RUNNING', '1 of 2 runs completed, 1 running'],
    [{ ...counts, queued: 0, failed: 1, completed: 1 }, 'FAILED', '1 of 2 runs completed, 1 failed'],
    [{ ...counts, queued: 0, stopped: 2 }, 'STOPPED', '0 of 2 runs completed, 2 stopped'],
    [{ ...counts, queued: 0, completed: 2 }, 'COMPLETED', 'All 2 runs completed'],
    [{ ...counts, total: 1, queued: 0, completed: 1 }, 'COMPLETED', '1 run completed'],
    [{ ...counts, total: 0, queued: 0 }, null, 'No runs left'],
  ] as const)('%j is %s: %s', (some, status, words) => {
    expect(experimentStatus(some)).toBe(status)
    expect(describeCounts(some)).toBe(words)
  })
})
