import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client'
import { expect, it } from 'vitest'
import { LabDocument } from '../src/data/generated/graphql'
import { readUncached } from '../src/data/readUncached'

it('what is read uncached ends when it is no longer wanted, and no other that asks the same with it', async () => {
  const answers: (() => void)[] = []
  const link = new ApolloLink(
    ({ getContext }) =>
      new Observable((observer) => {
        const { signal } = getContext().fetchOptions as { signal: AbortSignal }
        signal.addEventListener('abort', () => observer.error(new Error('ended')))
        answers.push(() => {
          observer.next({ data: { lab: { __typename: 'Lab', running: 1 } } })
          observer.complete()
        })
      }),
  )
  const client = new ApolloClient({ link, cache: new InMemoryCache() })
  const [leaving, staying] = [new AbortController(), new AbortController()]
  const read = ({ signal }: AbortController) => readUncached(client, { query: LabDocument, variables: {}, signal })
  const [left, stayed] = [read(leaving), read(staying)]
  leaving.abort()
  await expect(left).rejects.toThrow('ended')
  for (const answer of answers) answer()
  await expect(stayed).resolves.toMatchObject({ lab: { running: 1 } })
  expect(client.cache.extract()).toEqual({})
})
