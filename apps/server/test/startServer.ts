import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { beginLab, makeDataFolder } from '../../../test/harness/labFolder.mjs'
import { pauseAfter } from '../../../test/harness/pauseAfter.mjs'

/** Ends a wait that leads nowhere; no claim about speed. */
const PATIENCE = 400_000

export const mainPath = fileURLToPath(new URL('../bundle/main.js', import.meta.url))

export interface GraphQLAnswer {
  // Tests assert what is in it; typing it would repeat the schema.
  readonly data: Record<string, unknown> | null | undefined
  readonly errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[]
}

export interface Followed<Item> extends AsyncDisposable {
  readonly items: Item[]
  readonly finished: Promise<unknown>
  until(isEnough: (items: Item[]) => boolean): Promise<Item[]>
}

export { makeDataFolder }

/** A server in its own process, over a data folder that outlives it. */
export class TestServer implements AsyncDisposable {
  readonly #clients = new Set<Client>()
  stderr = ''
  readonly logLines: Record<string, unknown>[] = []

  private constructor(
    readonly process: ChildProcess,
    public url: string,
    readonly dataFolder: string,
  ) {}

  static async start(dataFolder: string, environment: Record<string, string> = {}): Promise<TestServer> {
    await beginLab(dataFolder)
    const child = spawn(process.execPath, [mainPath], {
      env: {
        ...process.env,
        HOURGLASS_DEMO: '0',
        HOURGLASS_API_PORT: '0',
        HOURGLASS_THREADS: '1',
        // Measuring takes longer than these runs; what concerns it turns it on.
        HOURGLASS_ANALYSIS: '0',
        HOURGLASS_DATA: dataFolder,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const server = new TestServer(child, '', dataFolder)
    child.stderr.on('data', (chunk: Buffer) => {
      server.stderr += chunk.toString()
    })
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`server ended with ${code}: ${server.stderr}`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        const entry = JSON.parse(line) as Record<string, unknown>
        server.logLines.push(entry)
        if (entry.msg !== 'listening') return
        server.url = `http://127.0.0.1:${entry.port}`
        resolve()
      })
    })
    return server
  }

  async query(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      // A connection that is kept is closed after some seconds: a test that computes meanwhile would write to it before it hears of that.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as GraphQLAnswer
  }

  /** The data of an operation that is expected to succeed. */
  async data<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.query(query, variables)
    if (errors) throw new Error(JSON.stringify(errors))
    return data as Data
  }

  connect(options: Partial<Parameters<typeof createClient>[0]> = {}): Client {
    const url = `${this.url.replace('http', 'ws')}/graphql`
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options })
    this.#clients.add(client)
    return client
  }

  /** Collects what a subscription sends until it is disposed of. */
  follow<Item>(query: string, variables: Record<string, unknown> = {}, client: Client = this.connect()): Followed<Item> {
    const items: Item[] = []
    const waiting = new Set<() => void>()
    let unsubscribe = () => {}
    const finished = new Promise<unknown>((resolve, reject) => {
      unsubscribe = client.subscribe<Record<string, Item>>(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (errors) reject(new Error(JSON.stringify(errors)))
            for (const item of Object.values(data ?? {})) items.push(item)
            for (const check of waiting) check()
          },
          error: reject,
          complete: () => resolve(undefined),
        },
      )
    })
    finished.catch(() => undefined)
    return {
      items,
      finished,
      until: (isEnough) =>
        new Promise((resolve, reject) => {
          const check = () => {
            if (!isEnough(items)) return
            waiting.delete(check)
            resolve(items)
          }
          waiting.add(check)
          finished.then(() => reject(new Error(`completed after ${JSON.stringify(items)}`)), reject)
          check()
        }),
      [Symbol.asyncDispose]: async () => unsubscribe(),
    }
  }

  /** Waits until a run has one of the statuses and returns it. */
  async untilStatus(id: string, ...statuses: string[]): Promise<RunRow> {
    return this.#untilRun(id, statuses.join(' or '), ({ status }) => statuses.includes(status))
  }

  /** Waits until an epoch of a run is stored. */
  async untilEpoch(id: string, epoch: number): Promise<void> {
    await this.#untilRun(id, `epoch ${epoch}`, ({ status, summary }) => {
      if (status === 'FAILED') throw new Error(`run ${id} has failed, expected epoch ${epoch}`)
      return summary.epochsCompleted >= epoch
    })
  }

  /** Waits until the worker of a run has started and returns its process id. */
  async workerOf(id: string): Promise<number> {
    const started = () => this.logLines.findLast(({ msg, runId }) => msg === 'run started' && runId === id)
    return Number((await until(`a worker of run ${id}`, started)).pid)
  }

  /** Ends every worker that a run gets, until it has failed: it goes on by itself a few times. */
  async endWorkersOf(id: string): Promise<void> {
    const ended = new Set<unknown>()
    await this.#untilRun(id, 'FAILED', ({ status }) => {
      const worker = this.logLines.findLast(({ msg, runId }) => msg === 'run started' && runId === id)
      if (worker && !ended.has(worker.attempt)) {
        ended.add(worker.attempt)
        process.kill(Number(worker.pid), 'SIGKILL')
      }
      return status === 'FAILED'
    })
  }

  /** Reads the sequence numbers of a run's events from the database, in order. */
  async sequenceOf(id: string): Promise<number[]> {
    const database = new SqliteDatabase(join(this.dataFolder, 'hourglass.db'), { readonly: true })
    try {
      const sql = 'SELECT seq FROM LabEvent JOIN Run ON Run.number = runNumber WHERE Run.id = ? ORDER BY seq'
      return database
        .prepare<[string], { seq: number }>(sql)
        .all(id)
        .map(({ seq }) => seq)
    } finally {
      database.close()
    }
  }

  async launch(config: Record<string, unknown>, name?: string): Promise<string> {
    const { launchRun } = await this.data<{ launchRun: { id: string } }>(
      'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }',
      { input: { config, ...(name === undefined ? {} : { name }) } },
    )
    return launchRun.id
  }

  /** Ends the server as an operator does and returns its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Ends the server as a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) void client.dispose()
    if (this.process.exitCode === null && this.process.signalCode === null) await this.#end('SIGTERM')
  }

  async #untilRun(id: string, expected: string, isReached: (run: RunState) => boolean): Promise<RunRow> {
    let last: RunState | undefined
    const read = async () => {
      last = (await this.data<{ run: RunState }>(stateQuery, { id })).run
      return isReached(last) || undefined
    }
    await until(() => `${expected}, got ${JSON.stringify(last)}`, read)
    return (await this.data<{ run: RunRow }>(runQuery, { id })).run
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const exited = once(this.process, 'exit')
    this.process.kill(signal)
    const [code] = (await exited) as [number | null]
    return code
  }
}

/** Looks again and again until there is something; rejects with what was expected. */
async function until<Found>(expected: string | (() => string), look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  const began = performance.now()
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() - began > PATIENCE) throw new Error(`expected ${typeof expected === 'string' ? expected : expected()}`)
    await pauseAfter(began)
  }
}

export interface RunRow {
  id: string
  number: number
  name: string
  status: string
  engine: string | null
  parameterCount: number | null
  startedAt: string | null
  finishedAt: string | null
  error: { code: string; message: string } | null
  lastSeq: number
  summary: {
    epochs: number
    epochsCompleted: number
    validationLoss: number | null
    bestValidationLoss: number | null
    bestEpoch: number | null
  }
  metrics: { epoch: number; trainLoss: number; validationLoss: number }[]
}

/** What is waited for; the whole of a run of many epochs is long. */
type RunState = Pick<RunRow, 'status' | 'error'> & { readonly summary: Pick<RunRow['summary'], 'epochsCompleted'> }

const stateQuery = 'query ($id: ID!) { run(id: $id) { status error { code message } summary { epochsCompleted } } }'

const runQuery = `query ($id: ID!) { run(id: $id) {
  id number name status engine parameterCount startedAt finishedAt error { code message } lastSeq
  summary { epochs epochsCompleted validationLoss bestValidationLoss bestEpoch }
  metrics { epoch trainLoss validationLoss }
} }`

/** A few images for a few epochs: done in about a second. */
export const smallConfig = {
  data: { dataset: 'mnist', trainCount: 256, testCount: 64 },
  architecture: { dense: { latentDimension: 4 } },
  training: { epochs: 3, batchSize: 64 },
}

/** As many epochs as a run may have, each of them short: a run that does not end before it is stopped, killed or deleted. */
export const endlessConfig = {
  data: { dataset: 'two-moons', trainCount: 1000, testCount: 200 },
  architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
  training: { epochs: 10_000, batchSize: 20 },
}
