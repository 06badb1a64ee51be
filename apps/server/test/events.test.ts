import { describe, expect, it } from 'vitest'
import { endlessConfig, smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

interface Event {
  __typename: string
  seq?: number
  status?: string
  metrics?: { epoch: number }
  reconstructions?: { reconstructionsUrl: string }
  codes?: { dimensions: { mean: number }[] }
  checkpoint?: { url: string }
  epoch?: number
  step?: number
}

const eventsSubscription = `subscription ($id: ID!, $after: Int) { runEvents(runId: $id, after: $after) {
  __typename
  ... on StoredEvent { seq }
  ... on StatusChanged { status }
  ... on EpochCompleted { metrics { epoch } reconstructions { reconstructionsUrl } codes { dimensions { mean } } checkpoint { url } }
  ... on Progress { epoch step }
} }`

const isStored = (event: Event) => event.seq !== undefined

describe('events', () => {
  useServer()

  it('of a run arrive live, in the order of their numbers, from its launch to its end', async () => {
    const id = await server.launch({ ...smallConfig, training: { epochs: 5, batchSize: 8 } })
    await using events = server.follow<Event>(eventsSubscription, { id })
    const all = await events.until((items) => items.some(({ status }) => status === 'COMPLETED'))
    const stored = all.filter(isStored)
    // A baseline may come after the end.
    expect(stored.map(({ seq }) => seq)).toEqual((await server.sequenceOf(id)).slice(0, stored.length))
    expect(stored.flatMap(({ status }) => status ?? [])).toEqual(['QUEUED', 'RUNNING', 'COMPLETED'])
    const epochs = stored.filter(({ __typename }) => __typename === 'EpochCompleted')
    expect(epochs.map(({ metrics }) => metrics?.epoch)).toEqual([1, 2, 3, 4, 5])
    for (const { codes, checkpoint, reconstructions } of epochs) {
      expect(codes?.dimensions).toHaveLength(4)
      for (const url of [checkpoint?.url, reconstructions?.reconstructionsUrl]) expect((await fetch(server.url + url)).status).toBe(200)
    }
  })

  it('lose nothing and repeat nothing for a client that drops again and again', async () => {
    const id = await server.launch(endlessConfig)
    const seen: Event[] = []
    const follow = async (isEnough: (items: Event[]) => boolean) => {
      const client = server.connect()
      await using events = server.follow<Event>(eventsSubscription, { id, after: seen.at(-1)?.seq ?? 0 }, client)
      seen.push(...(await events.until(isEnough)).filter(isStored))
      client.terminate()
    }
    for (let drops = 0; drops < 8; drops++) await follow((items) => items.filter(isStored).length >= 3)
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id })
    await follow((items) => items.some(({ status }) => status === 'STOPPED'))
    const stored = await server.sequenceOf(id)
    expect(seen.map(({ seq }) => seq)).toEqual(stored.slice(0, seen.length))
    expect(seen.length).toBeGreaterThanOrEqual(stored.length - 1)
  })

  it('tell of progress within an epoch, and so does the run', async () => {
    const id = await server.launch({
      ...smallConfig,
      data: { dataset: 'mnist', trainCount: 20_000, testCount: 64 },
      training: { epochs: 10_000, batchSize: 1 },
    })
    await using events = server.follow<Event>(eventsSubscription, { id })
    const stepsOf = (items: Event[]) => items.flatMap(({ epoch, step }) => (epoch && step ? [(epoch - 1) * 20_000 + step] : []))
    const [first = 0, second] = stepsOf(await events.until((items) => stepsOf(items).length >= 2))
    expect(first).toBeGreaterThan(0)
    expect(second).toBeGreaterThan(first)
    const { run } = await server.data<{ run: { progress: { imagesPerSecond: number } } }>(
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
    const renamed = await server.launch(smallConfig)
    let names = 0
    const seesChanges = async () => {
      await server.data('mutation ($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }', {
        id: renamed,
        name: `Name ${++names}`,
      })
      return table.items.length > 0
    }
    await expect.poll(seesChanges).toBe(true)
    const id = await server.launch(smallConfig)
    await table.until((items) => items.some((item) => item.id === id && item.run?.status === 'COMPLETED'))
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    await table.until((items) => items.some((item) => item.id === id && item.change === 'DELETED'))
    const own = table.items.filter((item) => item.id === id)
    expect(own[0]).toMatchObject({ change: 'CREATED' })
    expect(own.at(-1)).toMatchObject({ change: 'DELETED', run: null })
  })

  it('reach 200 subscribers at once, each complete and in order', async () => {
    const id = await server.launch({ ...endlessConfig, training: { epochs: 20, batchSize: 50 } })
    const followers = Array.from({ length: 4 }, () => server.connect()).flatMap((client) =>
      Array.from({ length: 50 }, () => server.follow<Event>(eventsSubscription, { id }, client)),
    )
    for (const follower of followers) {
      const items = await follower.until((seen) => seen.some(({ status }) => status === 'COMPLETED'))
      const sequence = items.filter(isStored).map(({ seq }) => seq)
      expect(sequence).toEqual((await server.sequenceOf(id)).slice(0, sequence.length))
    }
    for (const follower of followers) await follower[Symbol.asyncDispose]()
  })
})
