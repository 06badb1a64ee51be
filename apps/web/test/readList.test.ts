import { ApolloClient, ApolloLink } from '@apollo/client'
import { of } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { RunIdsDocument, type RunIdsQuery, type RunIdsQueryVariables } from '../src/data/generated/graphql'
import { LabCursor } from '../src/data/LabCursor'
import { makeCache } from '../src/data/makeCache'
import { type CachedList, readList, writeListPage } from '../src/data/readList'

type Page = RunIdsQuery['runs'] & { readonly lastSeq: number }

const ALL = ['f', 'e', 'd', 'c', 'b', 'a']

/** A lab of the given runs, which `meanwhile` may change before each answer. */
function labOf(meanwhile: (all: readonly string[], answers: number) => readonly string[] = (all) => all) {
  let all: readonly string[] = ALL
  const asked: (string | null)[] = []
  const link = new ApolloLink(({ variables }) => {
    all = meanwhile(all, asked.length)
    asked.push(variables.after)
    const begin = variables.after === null ? 0 : all.findIndex((id) => id < variables.after)
    const nodes = all.slice(begin, begin + variables.first).map((id) => ({ __typename: 'Run' as const, id }))
    const pageInfo = {
      __typename: 'PageInfo' as const,
      hasNextPage: begin + nodes.length < all.length,
      endCursor: nodes.at(-1)?.id ?? null,
    }
    return of({ data: { runs: { __typename: 'RunConnection', totalCount: all.length, ranking: null, pageInfo, nodes } } })
  })
  const client = new ApolloClient({ link, cache: makeCache() })
  const list: CachedList<RunIdsQuery, Page, RunIdsQueryVariables> = {
    query: RunIdsDocument,
    variables: {},
    pageOf: ({ runs }) => ({ ...runs, lastSeq: 10 - asked.length }),
    dataOf: (runs) => ({ runs }),
    cursor: new LabCursor(client),
  }
  const cached = () => client.readQuery({ query: RunIdsDocument, variables: { first: 1 } })?.runs
  return { client, list, asked, cached, idsOf: (page: RunIdsQuery['runs'] | null | undefined) => page?.nodes.map(({ id }) => id).join('') }
}

describe('a list that is read again', () => {
  it('is made of all its pages before the cache has any of them, and replaces what was there', async () => {
    const { client, list, asked, cached, idsOf } = labOf()
    const page = await readList(client, list, { wanted: () => 5, mostAtOnce: 2 })
    expect([idsOf(page), asked]).toEqual(['fedcb', [null, 'e', 'c']])
    // True of all of it is what was true at the oldest of its pages.
    expect(page).toMatchObject({ totalCount: 6, lastSeq: 7, pageInfo: { hasNextPage: true, endCursor: 'b' } })
    expect(cached()).toBeUndefined()
    const shorter = await readList(client, list, { wanted: () => 2, mostAtOnce: 2 })
    if (page) writeListPage(client, list, { page })
    if (shorter) writeListPage(client, list, { page: shorter })
    expect(idsOf(cached())).toBe('fe')
  })

  it('is read once more where runs came or went between its pages', async () => {
    const { client, list, asked, idsOf } = labOf((all, answers) => (answers === 1 ? all.filter((id) => id !== 'f') : all))
    const page = await readList(client, list, { wanted: () => 4, mostAtOnce: 2 })
    expect([idsOf(page), page?.totalCount, asked]).toEqual(['edcb', 5, [null, 'e', null, 'd']])
  })

  it('is as it was read in the end where runs never cease to come', async () => {
    const { client, list, asked } = labOf((all, answers) => [String.fromCharCode(103 + answers), ...all])
    expect((await readList(client, list, { wanted: () => 4, mostAtOnce: 2 }))?.totalCount).toBe(12)
    expect(asked).toHaveLength(6)
  })

  it('is given up once it is of no use', async () => {
    const { client, list, asked } = labOf()
    const isCurrent = () => asked.length < 2
    expect(await readList(client, list, { wanted: () => 6, mostAtOnce: 2, isCurrent })).toBeNull()
    expect(asked).toHaveLength(2)
  })
})
