import { ApolloServerErrorCode } from '@apollo/server/errors'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { StoreState } from '../database/StoreState.js'
import { errorCodes } from '../HourglassError.js'

/** What is looked at when somebody asks for the metrics. */
export interface LabMetricsOptions {
  readonly version: string
  readonly runs: () => Promise<{ readonly queued: number; readonly running: number }>
  /** How many events were ever stored. */
  readonly events: () => Promise<number>
  readonly store: Pick<StoreState, 'waiting'>
  /** Memory of each worker, in bytes. */
  readonly workers: () => readonly number[]
  readonly openSockets: () => number
  readonly openSubscriptions: () => number
  /** Bytes that wait to be read by clients. */
  readonly unreadBytes: () => number
}

/** First parts of the addresses that are served, and everything else. */
export const routes = ['graphql', 'artifacts', 'archives', 'tables', 'health', 'metrics', 'other'] as const
export type Route = (typeof routes)[number]

/** Codes beside which nothing is told apart, so that nobody can make up more of them. */
const knownCodes: ReadonlySet<string> = new Set([...Object.values(errorCodes), ...Object.values(ApolloServerErrorCode)])

interface Measure {
  readonly name: string
  readonly help: string
  readonly labelNames?: string[]
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Counts what happens in this process, and tells it with what the lab is at in the text format of Prometheus. No label has a value that a client chooses. */
export class LabMetrics {
  readonly #registry = new Registry()
  readonly #requests = this.#counter('requests_total', 'Requests over HTTP that are over.', ['route', 'status'])
  readonly #requestSeconds = this.#histogram('request_seconds', 'From a request to the end of its answer.', ['route'])
  readonly #socketRefusals = this.#counter('socket_refusals_total', 'WebSockets that were refused, by the status of the answer.', [
    'status',
  ])
  readonly #errors = this.#counter('graphql_errors_total', 'Errors in answers of GraphQL, over HTTP and WebSockets.', ['code'])
  readonly #deliverySeconds = this.#histogram(
    'event_delivery_seconds',
    'From the storing of an event of a run to its being sent to a follower.',
  )
  readonly #storeRefusals = this.#counter('store_refusals_total', 'Writes that the database refused, and that were tried again.')
  readonly #droppedReaders = this.#counter('dropped_readers_total', 'Connections that were ended since they left too much unread.')

  constructor({ version, runs, events, store, workers, openSockets, openSubscriptions, unreadBytes }: LabMetricsOptions) {
    collectDefaultMetrics({ register: this.#registry })
    this.#gauge({ name: 'info', help: 'Always 1; the version is a label.', labelNames: ['version'] }, async (gauge) =>
      gauge.set({ version }, 1),
    )
    this.#gauge(
      { name: 'runs', help: 'Runs that wait in the queue, and that train or are measured.', labelNames: ['status'] },
      async (gauge) => {
        const counts = await runs()
        for (const status of ['queued', 'running'] as const) gauge.set({ status }, counts[status])
      },
    )
    new Counter({
      name: 'hourglass_events_total',
      help: 'Events that were ever stored of this lab.',
      registers: [this.#registry],
      async collect() {
        const count = await events().catch(() => undefined)
        if (count === undefined) return
        this.reset()
        this.inc(count)
      },
    })
    this.#gauge({ name: 'workers', help: 'Processes that train or measure.' }, async (gauge) => gauge.set(workers().length))
    this.#gauge({ name: 'workers_memory_bytes', help: 'Memory of all of them.' }, async (gauge) =>
      gauge.set(workers().reduce((sum, bytes) => sum + bytes, 0)),
    )
    this.#gauge(
      { name: 'store_wait_seconds', help: 'How long writes have been waiting for the database; 0 where none waits.' },
      async (gauge) => gauge.set(store.waiting ? (Date.now() - store.waiting.since.getTime()) / 1000 : 0),
    )
    this.#gauge({ name: 'sockets', help: 'Open WebSockets.' }, async (gauge) => gauge.set(openSockets()))
    this.#gauge({ name: 'subscriptions', help: 'Open subscriptions.' }, async (gauge) => gauge.set(openSubscriptions()))
    this.#gauge({ name: 'unread_bytes', help: 'Bytes of answers that wait to be read by clients.' }, async (gauge) =>
      gauge.set(unreadBytes()),
    )
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** Writes everything as it is now. */
  write(): Promise<string> {
    return this.#registry.metrics()
  }

  requestOver(route: Route, { status, seconds }: { readonly status: number; readonly seconds: number }): void {
    this.#requests.inc({ route, status })
    this.#requestSeconds.observe({ route }, seconds)
  }

  socketRefused(status: number): void {
    this.#socketRefusals.inc({ status })
  }

  /** Counts the errors of one answer. */
  answered(errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] = []): void {
    for (const { extensions } of errors) {
      const code = String(extensions?.code)
      this.#errors.inc({ code: knownCodes.has(code) ? code : 'OTHER' })
    }
  }

  /** An event was sent to somebody who followed when it was stored. */
  delivered(seconds: number): void {
    this.#deliverySeconds.observe(seconds)
  }

  storeRefused(): void {
    this.#storeRefusals.inc()
  }

  readerDropped(): void {
    this.#droppedReaders.inc()
  }

  #counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name: `hourglass_${name}`, help, labelNames, registers: [this.#registry] })
  }

  #histogram(name: string, help: string, labelNames: string[] = []): Histogram {
    return new Histogram({ name: `hourglass_${name}`, help, labelNames, buckets: SECONDS, registers: [this.#registry] })
  }

  /** What cannot be found out at the moment is not a number: the rest is told nevertheless. */
  #gauge({ name, help, labelNames = [] }: Measure, read: (gauge: Gauge) => Promise<void>): void {
    new Gauge({
      name: `hourglass_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      async collect() {
        await read(this).catch(() => {
          if (labelNames.length === 0) this.set(Number.NaN)
          else this.reset()
        })
      },
    })
  }
}
