import type { ApolloClient } from '@apollo/client'
import { CombinedGraphQLErrors } from '@apollo/client/errors'
import { concatWith, NEVER, of, startWith } from 'rxjs'
import { expect, test, vi } from 'vitest'
import { followLists } from '../src/data/followLists'
import { type RunList, RunsChangedDocument } from '../src/data/generated/graphql'
import { LabCursor } from '../src/data/LabCursor'
import { ShownList } from '../src/data/ShownList'

test('rows stay live where what is shown beside them is refused', async () => {
  const refused = new CombinedGraphQLErrors({ errors: [{ message: 'values: expected at most 60 names, got 61.' }] })
  const row = { runsChanged: { __typename: 'RunsChanged' as const, seq: 7, change: 'DELETED' as const, id: 'a', run: null, cursors: [] } }
  const subscribe = ({ variables }: { variables: { columns?: readonly string[]; lists?: readonly RunList[] } }) =>
    variables.columns || variables.lists ? of({ data: undefined, error: refused }) : NEVER.pipe(startWith({ data: row }))
  const client = { subscribe } as unknown as ApolloClient
  const cursor = new LabCursor(client)
  cursor.advance(3)
  const written: unknown[] = []
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const following = followLists(client, {
    subscription: RunsChangedDocument,
    shown: of({ columns: ['config.a'], lists: [new ShownList({})] }).pipe(concatWith(NEVER)),
    cursor,
    seqOf: ({ runsChanged }) => runsChanged.seq,
    write: (data, shown) => written.push([data, shown]),
    what: 'the table of runs',
  })
  await vi.waitFor(() => expect(written).toEqual([[row, { columns: [], lists: [] }]]))
  expect(said).toHaveBeenCalledOnce()
  expect(await cursor.read()).toBe(7)
  following.unsubscribe()
  said.mockRestore()
})
