import parse from 'parse-prometheus-text-format'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../src/HourglassError.js'
import { LabMetrics } from '../src/health/LabMetrics.js'
import { endlessConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

const options = {
  version: '1.2.3',
  runs: async () => ({ queued: 3, running: 1 }),
  events: async () => 12,
  store: { waiting: null },
  workers: () => [100, 50],
  openSockets: () => 4,
  openSubscriptions: () => 5,
  unreadBytes: () => 6,
}

/** Reads what metrics say; the sample of one without labels, or with these. */
function reader(text: string) {
  const families = new Map(parse(text).map((family) => [family.name, family]))
  const value = (name: string, labels: Record<string, string> = {}) => {
    const samples = families.get(name)?.metrics ?? []
    const found = samples.find((sample) => Object.entries(labels).every(([label, expected]) => sample.labels?.[label] === expected))
    return found?.value === undefined ? undefined : Number(found.value)
  }
  return { families, value }
}

describe('what is measured', () => {
  it('is told with the state of the lab', async () => {
    const { value } = reader(await new LabMetrics(options).write())
    expect(value('hourglass_info', { version: '1.2.3' })).toBe(1)
    expect(value('hourglass_runs', { status: 'queued' })).toBe(3)
    expect(value('hourglass_runs', { status: 'running' })).toBe(1)
    expect(value('hourglass_events_total')).toBe(12)
    expect(value('hourglass_workers')).toBe(2)
    expect(value('hourglass_workers_memory_bytes')).toBe(150)
    expect(value('hourglass_sockets')).toBe(4)
    expect(value('hourglass_subscriptions')).toBe(5)
    expect(value('hourglass_unread_bytes')).toBe(6)
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
  })

  it('counts, and gives no room to names that clients make up', async () => {
    const metrics = new LabMetrics(options)
    for (let index = 0; index < 1000; index++) metrics.answered([{ extensions: { code: `MADE_UP_${index}` } }])
    metrics.answered([{ extensions: { code: errorCodes.runNotFound } }, {}])
    metrics.delivered(0.004)
    metrics.socketRefused(403)
    metrics.requestOver('graphql', { status: 200, seconds: 0.1 })
    const { families, value } = reader(await metrics.write())
    expect(families.get('hourglass_graphql_errors_total')?.metrics).toHaveLength(2)
    expect(value('hourglass_graphql_errors_total', { code: 'OTHER' })).toBe(1001)
    expect(value('hourglass_graphql_errors_total', { code: 'RUN_NOT_FOUND' })).toBe(1)
    expect(value('hourglass_requests_total', { route: 'graphql', status: '200' })).toBe(1)
    expect(families.get('hourglass_event_delivery_seconds')?.type).toBe('HISTOGRAM')
  })

  it('is told as far as it can be found out', async () => {
    const broken = () => Promise.reject(new Error('no such table'))
    const waiting = { code: errorCodes.storeBusy, reason: 'locked', remedy: '', mayPass: true, since: new Date(Date.now() - 5000) }
    const { value } = reader(await new LabMetrics({ ...options, runs: broken, events: broken, store: { waiting } }).write())
    expect(value('hourglass_runs', { status: 'queued' })).toBeUndefined()
    expect(value('hourglass_store_wait_seconds')).toBeGreaterThanOrEqual(5)
    expect(value('hourglass_sockets')).toBe(4)
  })
})

describe('/metrics', () => {
  useServer({ HOURGLASS_TRUSTED_PROXIES: '10.0.0.0/8', HOURGLASS_METRICS_READERS: '192.0.2.7' })

  const ask = (forwardedFor?: string) =>
    fetch(`${server.url}/metrics`, { headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor } })

  it('tells what happens in a lab that trains and is followed', async () => {
    const id = await server.launch(endlessConfig)
    await server.launch(endlessConfig)
    await using followed = server.follow<{ __typename: string }>('subscription ($id: ID!) { runEvents(runId: $id) { __typename } }', { id })
    await followed.until((events) => events.filter(({ __typename }) => __typename === 'EpochCompleted').length > 3)
    await server.query('query ($id: ID!) { run(id: $id) { id } }', { id: 'nothing' })
    await server.query('mutation { stopRun(id: "nothing") { id } }')
    const answer = await ask()
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const text = await answer.text()
    const { value } = reader(text)
    expect(value('hourglass_runs', { status: 'running' })).toBe(1)
    expect(value('hourglass_runs', { status: 'queued' })).toBe(1)
    expect(value('hourglass_workers')).toBe(1)
    expect(value('hourglass_workers_memory_bytes')).toBeGreaterThan(10_000_000)
    expect(value('hourglass_sockets')).toBe(1)
    expect(value('hourglass_subscriptions')).toBe(1)
    expect(value('hourglass_events_total')).toBeGreaterThan(5)
    expect(value('hourglass_graphql_errors_total', { code: 'RUN_NOT_FOUND' })).toBeGreaterThanOrEqual(1)
    expect(value('hourglass_requests_total', { route: 'graphql', status: '200' })).toBeGreaterThanOrEqual(2)
    expect(text).toMatch(/hourglass_event_delivery_seconds_count [1-9]/)
    for (const secret of [server.dataFolder, id]) expect(text).not.toContain(secret)
  })

  it('counts requests by the first part of their address, whatever follows it', async () => {
    const counted = async () => {
      const { value } = reader(await (await ask()).text())
      return (route: string, status: string) => value('hourglass_requests_total', { route, status }) ?? 0
    }
    const before = await counted()
    const paths = ['archives/runs/abcdefghijkl.tar', 'tables/runs.csv?columns=name', 'artifacts/runs/abcdefghijkl/x', 'elsewhere/tables']
    for (const path of paths) await (await fetch(`${server.url}/${path}`)).text()
    const after = await counted()
    const added = (route: string, status: string) => after(route, status) - before(route, status)
    expect([added('archives', '404'), added('tables', '200'), added('artifacts', '404'), added('other', '404')]).toEqual([1, 1, 1, 1])
  })

  it.each([
    ['this machine', undefined, 200],
    ['this machine, through the dashboard', '127.0.0.1', 200],
    ['a trusted proxy itself', '10.1.2.3', 200],
    ['an address that the settings name', '192.0.2.7', 200],
    ['anybody behind a trusted proxy', '198.51.100.1, 10.1.2.3', 403],
    ['anybody who says to be this machine', '127.0.0.1, 198.51.100.1', 403],
  ])('is answered by who asks: %s', async (_, forwardedFor, status) => {
    const answer = await ask(forwardedFor)
    expect(answer.status).toBe(status)
    if (status === 403) expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN_READER' } }] })
  })
})
