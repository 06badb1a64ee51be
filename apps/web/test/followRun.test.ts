import { ApolloClient, ApolloLink } from '@apollo/client'
import { Observable, type Observer } from 'rxjs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RunDocument } from '../src/data/generated/graphql'
import { makeCache } from '../src/data/makeCache'
import { getUnfollowed } from '../src/data/unfollowed'
import type { RunEvent } from '../src/data/writeRunEvent'
import { followRun } from '../src/features/run/followRun'
import { epochCompleted, makeRun, progress, statusChanged } from './runFixtures'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A client whose cache holds a run, and the subscriptions that it asks its server for. */
function openClient() {
  const cache = makeCache()
  cache.writeQuery({ query: RunDocument, variables: { id: 'a' }, data: { run: makeRun({ id: 'a', status: 'RUNNING' }) } })
  const asked: { readonly after: unknown; readonly server: Observer<ApolloLink.Result> }[] = []
  const left = vi.fn()
  const link = new ApolloLink(
    ({ variables }) =>
      new Observable((server) => {
        asked.push({ after: variables.after, server })
        return left
      }),
  )
  const drawn: number[] = []
  const filesSeqs: number[] = []
  const client = new ApolloClient({ cache, link })
  cache.watch({
    query: RunDocument,
    variables: { id: 'a' },
    optimistic: true,
    callback: ({ result }) => drawn.push((result as { run: { metrics: unknown[] } }).run.metrics.length),
  })
  /** Follows the run, and counts what is drawn from then on. */
  const follow = async () => {
    const end = followRun(client, 'a', { onFiles: (seq) => filesSeqs.push(seq) })
    await vi.advanceTimersByTimeAsync(0)
    drawn.length = 0
    return end
  }
  const tell = (event: RunEvent) => asked.at(-1)?.server.next({ data: { runEvents: event } })
  const answerError = (code: string) => asked.at(-1)?.server.next({ errors: [{ message: 'It failed.', extensions: { code } }] })
  return { asked, left, drawn, filesSeqs, follow, tell, answerError }
}

test('a run that ends many epochs a second is written at most every 200 ms, none of them lost', async () => {
  const { drawn, follow, tell } = openClient()
  const end = await follow()
  for (let epoch = 1; epoch <= 100; epoch++) {
    tell(epochCompleted(epoch, epoch, 1 / epoch))
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(drawn.length).toBeLessThanOrEqual(11)
  await vi.advanceTimersByTimeAsync(200)
  expect(drawn.at(-1)).toBe(100)
  end()
})

test('an event that comes alone is written at once', async () => {
  const { drawn, follow, tell } = openClient()
  const end = await follow()
  for (const epoch of [1, 2]) {
    tell(epochCompleted(epoch, epoch, 0.5))
    await vi.advanceTimersByTimeAsync(0)
    expect(drawn.at(-1)).toBe(epoch)
    await vi.advanceTimersByTimeAsync(1_000)
  }
  end()
})

test('an epoch does not wait because its progress was written just before', async () => {
  const { drawn, follow, tell } = openClient()
  const end = await follow()
  for (const epoch of [1, 2, 3]) {
    tell(progress(epoch, 1))
    await vi.advanceTimersByTimeAsync(150)
    tell(epochCompleted(epoch, epoch, 0.5))
    await vi.advanceTimersByTimeAsync(0)
    expect(drawn.at(-1)).toBe(epoch)
    await vi.advanceTimersByTimeAsync(150)
  }
  end()
})

test('what was written with progress is not written again, and keeps no later epoch waiting', async () => {
  const { drawn, follow, tell } = openClient()
  const end = await follow()
  tell(epochCompleted(1, 1, 0.5))
  await vi.advanceTimersByTimeAsync(50)
  tell(epochCompleted(2, 2, 0.4))
  await vi.advanceTimersByTimeAsync(10)
  tell(progress(3, 1))
  await vi.advanceTimersByTimeAsync(139)
  expect(drawn).toEqual([1])
  // Both at once, 200 ms after the first.
  await vi.advanceTimersByTimeAsync(1)
  expect(drawn).toEqual([1, 2])
  tell(progress(3, 2))
  await vi.advanceTimersByTimeAsync(199)
  tell(epochCompleted(3, 3, 0.3))
  await vi.advanceTimersByTimeAsync(1)
  expect(drawn.at(-1)).toBe(3)
  end()
})

test('what has come is written when a page is left, and nothing afterwards', async () => {
  const { left, drawn, follow, tell } = openClient()
  const end = await follow()
  tell(epochCompleted(1, 1, 0.5))
  await vi.advanceTimersByTimeAsync(0)
  tell(epochCompleted(2, 2, 0.4))
  end()
  expect(drawn).toEqual([1, 2])
  expect(left).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(drawn).toEqual([1, 2])
})

test('a connection that drops goes on after the last event that came, written or not', async () => {
  const { asked, follow, tell } = openClient()
  const end = await follow()
  tell(epochCompleted(7, 1, 0.5))
  await vi.advanceTimersByTimeAsync(0)
  tell(epochCompleted(8, 2, 0.4))
  asked[0]?.server.error(new Error('gone'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked.map(({ after }) => after)).toEqual([makeRun().lastSeq, 8])
  end()
})

test('a run is followed on after an error of the lab’s own, and the page says so until it is', async () => {
  const { asked, drawn, follow, tell, answerError } = openClient()
  const end = await follow()
  answerError('INTERNAL_SERVER_ERROR')
  expect(getUnfollowed()).toEqual([{ what: 'This run', message: 'It failed.', isGivenUp: false }])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(2)
  tell(epochCompleted(1, 1, 0.5))
  await vi.advanceTimersByTimeAsync(0)
  expect(drawn.at(-1)).toBe(1)
  expect(getUnfollowed()).toEqual([])
  answerError('STORE_BUSY')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(3)
  expect(getUnfollowed()).toHaveLength(1)
  // Nothing happens to the run, but it is followed.
  await vi.advanceTimersByTimeAsync(15_000)
  expect(getUnfollowed()).toEqual([])
  end()
})

test('a run that may not be followed is given up, and the page says so until it is left', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { asked, follow, answerError } = openClient()
  const end = await follow()
  answerError('QUERY_TOO_COMPLEX')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(1)
  expect(getUnfollowed()).toEqual([{ what: 'This run', message: 'It failed.', isGivenUp: true }])
  expect(said).toHaveBeenCalledOnce()
  end()
  expect(getUnfollowed()).toEqual([])
  said.mockRestore()
})

test('a run that is gone is told by its page alone', async () => {
  const { asked, follow, answerError } = openClient()
  const end = await follow()
  answerError('RUN_NOT_FOUND')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(1)
  expect(getUnfollowed()).toEqual([])
  end()
})

test('events with which files came or went are heard of once they are written, and no others', async () => {
  const { filesSeqs, follow, tell } = openClient()
  const end = await follow()
  tell(statusChanged(1, 'RUNNING'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(filesSeqs).toEqual([])
  tell(epochCompleted(2, 1, 0.5))
  tell(statusChanged(3, 'COMPLETED'))
  expect(filesSeqs).toEqual([])
  await vi.advanceTimersByTimeAsync(0)
  expect(filesSeqs).toEqual([2])
  end()
})
