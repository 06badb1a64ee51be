import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { longConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'

interface Event {
  __typename: string
  seq?: number
  status?: string
  metrics?: { epoch: number }
  reconstructions?: { reconstructionsUrl: string }
  codes?: { dimensions: { mean: number }[] }
  checkpoint?: { url: string }
  step?: number
}

const eventsSubscription = `subscription ($id: ID!, $after: Int) { runEvents(runId: $id, after: $after) {
  __typename
  ... on StatusChanged { seq status }
  ... on EpochCompleted { seq metrics { epoch } reconstructions { reconstructionsUrl } codes { dimensions { mean } } checkpoint { url } }
  ... on PcaBaselineComputed { seq }
  ... on Progress { step }
} }`

const isStored = (event: Event) => event.seq !== undefined

describe('events', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let server: TestServer

  beforeAll(async () => {
    folder = await makeDataFolder()
    server = await TestServer.start(folder.path)
  })

  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  it('of a run arrive live, numbered from 1 without gaps, from its launch to its end', async () => {
    const id = await server.launch({ ...smallConfig, training: { epochs: 5, batchSize: 8 } })
    await using events = server.follow<Event>(eventsSubscription, { id })
    const all = await events.until((items) => items.some(({ status }) => status === 'COMPLETED'))
    const stored = all.filter(isStored)
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
    expect(stored.flatMap(({ status }) => status ?? [])).toEqual(['QUEUED', 'RUNNING', 'COMPLETED'])
    const epochs = stored.filter(({ __typename }) => __typename === 'EpochCompleted')
    expect(epochs.map(({ metrics }) => metrics?.epoch)).toEqual([1, 2, 3, 4, 5])
    for (const { codes, checkpoint, reconstructions } of epochs) {
      expect(codes?.dimensions).toHaveLength(4)
      for (const url of [checkpoint?.url, reconstructions?.reconstructionsUrl]) expect((await fetch(server.url + url)).status).toBe(200)
    }
  })

  it('lose nothing and repeat nothing for a client that drops again and again', async () => {
    const id = await server.launch({ ...longConfig, training: { epochs: 30, batchSize: 50 } })
    const seen: Event[] = []
    for (let isOver = false; !isOver; ) {
      const client = server.connect()
      const after = seen.at(-1)?.seq ?? 0
      await using events = server.follow<Event>(eventsSubscription, { id, after }, client)
      const got = (
        await events.until((items) => items.filter(isStored).length >= 3 || items.some(({ status }) => status === 'COMPLETED'))
      ).filter(isStored)
      seen.push(...got)
      isOver = got.some(({ status }) => status === 'COMPLETED')
      client.terminate()
    }
    const { run } = await server.data<{ run: { lastSeq: number } }>('query ($id: ID!) { run(id: $id) { lastSeq } }', { id })
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1))
    expect(seen.length).toBeGreaterThanOrEqual(run.lastSeq - 1)
  })

  it('tell of progress a few times a second at most', async () => {
    const id = await server.launch({
      ...smallConfig,
      data: { dataset: 'mnist', trainCount: 20_000, testCount: 64 },
      training: { epochs: 100, batchSize: 1 },
    })
    await using events = server.follow<Event>(eventsSubscription, { id })
    await events.until((items) => items.some(({ step }) => step !== undefined))
    const before = events.items.length
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const progress = events.items.slice(before).filter(({ step }) => step !== undefined)
    expect(progress.length).toBeGreaterThanOrEqual(3)
    expect(progress.length).toBeLessThanOrEqual(9)
    const { run } = await server.data<{ run: { progress: { step: number; imagesPerSecond: number } } }>(
      'query ($id: ID!) { run(id: $id) { progress { step imagesPerSecond secondsLeft } } }',
      { id },
    )
    expect(run.progress.imagesPerSecond).toBeGreaterThan(0)
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    await events.finished
  })

  it('of the table name each run that was launched, changed or deleted', async () => {
    await using table = server.follow<{ change: string; id: string; run: { status: string; name: string } | null }>(
      'subscription { runsChanged { change id run { status name pcaBaseline { components } metrics(maxPoints: 10) { epoch } } } }',
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    const id = await server.launch(smallConfig)
    await table.until((items) => items.some((item) => item.id === id && item.run?.status === 'COMPLETED'))
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    await table.until((items) => items.some((item) => item.id === id && item.change === 'DELETED'))
    const own = table.items.filter((item) => item.id === id)
    expect(own[0]).toMatchObject({ change: 'CREATED' })
    expect(own.at(-1)).toMatchObject({ change: 'DELETED', run: null })
  })

  it('reach 200 subscribers at once, each complete and in order', async () => {
    const id = await server.launch({ ...longConfig, training: { epochs: 20, batchSize: 50 } })
    const followers = Array.from({ length: 4 }, () => server.connect()).flatMap((client) =>
      Array.from({ length: 50 }, () => server.follow<Event>(eventsSubscription, { id }, client)),
    )
    for (const follower of followers) {
      const items = await follower.until((seen) => seen.some(({ status }) => status === 'COMPLETED'))
      const sequence = items.filter(isStored).map(({ seq }) => seq)
      expect(sequence).toEqual(sequence.map((_, index) => index + 1))
    }
    for (const follower of followers) await follower[Symbol.asyncDispose]()
  })
})
