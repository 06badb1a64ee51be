import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { makeDataFolder, smallConfig, TestServer } from '../../apps/server/test/startServer.js'
import { freePort } from '../harness/freePort.mjs'
import { Dice } from '../security/Dice.js'

/** Clients that drop and come back; HOURGLASS_DROPPING_CLIENTS=1000 is the long version. */
const CLIENTS = Number(process.env.HOURGLASS_DROPPING_CLIENTS ?? 30)
const SEED = Number(process.env.HOURGLASS_DROPS_SEED ?? Date.now() % 1_000_000)
/** How long the server runs between two restarts, in milliseconds. */
const STRETCH = CLIENTS > 100 ? 20_000 : 4_000
/** Pause between two events. */
const INTERVAL = 100
/** How long a client stays once it was greeted, in milliseconds. */
const LONGEST_STAY = STRETCH / 3
/** This share of stays is over in that time whatever has come, the others not before the greeting: a busy server greets nobody who always leaves early. */
const EARLY = 0.3
/** How long a client waits to be greeted before it asks anew, in milliseconds. */
const LONGEST_GREETING = 60_000
/** How long it stays to hear of what it has missed, and how often it comes back for that, however much else the machine has to do. */
const LONGEST_CATCHING_UP = 30_000
const MOST_TRIES = 8
/** From such a silence on, in milliseconds, a socket is worth telling of. */
const LONGEST_SILENCE = 10_000

const query = 'subscription ($id: ID!, $after: Int!) { runEvents(runId: $id, after: $after) { ... on StoredEvent { seq } } }'

/** How far a socket has come, and when something last came of it. */
interface Stage {
  name: 'connecting' | 'greeting' | 'following'
  heardAt: number
}

interface Stay {
  /** When the client leaves, in milliseconds. */
  readonly milliseconds: number
  /** Whether these are counted from the greeting on. */
  readonly fromGreeting?: boolean
  /** It leaves once it has seen this event. */
  readonly until?: number | undefined
}

/** Follows a run over sockets that break, each time from the last event that it has seen. */
class DroppingClient {
  readonly seqs: number[] = []
  /** What was refused instead of told. */
  readonly refusals: string[] = []
  /** Sockets that ended by themselves, or had said nothing for long when their client left: after which stage, and how. */
  readonly ends: string[] = []
  drops = 0
  readonly #dice: Dice

  constructor(seed: number) {
    this.#dice = new Dice(seed)
  }

  /** Follows on a new socket until that ends, by itself or by the client's doing. */
  stay(url: string, id: string, { milliseconds, fromGreeting = false, until }: Stay): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
      const stage: Stage = { name: 'connecting', heardAt: performance.now() }
      const reach = (name: Stage['name']) => Object.assign(stage, { name, heardAt: performance.now() })
      let isLeft = false
      const leave = () => {
        isLeft = true
        socket.terminate()
      }
      const tellAndLeave = () => {
        const silence = Math.round(performance.now() - stage.heardAt)
        if (silence > LONGEST_SILENCE) this.ends.push(`silent for ${silence} ms after ${stage.name}`)
        leave()
      }
      let timer = setTimeout(tellAndLeave, fromGreeting ? LONGEST_GREETING : milliseconds)
      socket.on('error', () => undefined)
      socket.on('close', (code) => {
        clearTimeout(timer)
        if (!isLeft) this.ends.push(`closed with ${code} after ${stage.name}`)
        resolve()
      })
      socket.on('open', () => {
        reach('greeting')
        socket.send('{"type":"connection_init"}')
      })
      socket.on('message', (data) => {
        // What comes late is read no more.
        if (isLeft) return
        const { type, payload } = JSON.parse(String(data))
        if (type === 'connection_ack') {
          if (fromGreeting) {
            clearTimeout(timer)
            timer = setTimeout(tellAndLeave, milliseconds)
          }
          this.drops++
          const variables = { id, after: this.seqs.at(-1) ?? 0 }
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
        }
        reach('following')
        const seq = payload?.data?.runEvents?.seq
        if (type === 'next' && seq !== undefined) this.seqs.push(seq)
        // A listener that throws keeps the socket from ever saying that it is closed.
        if (type === 'error') this.refusals.push(String(data))
        if (type === 'error' || type === 'complete' || (seq !== undefined && seq === until)) leave()
      })
    })
  }

  async dropUntil(isOver: () => boolean, urlOf: () => string, id: string): Promise<void> {
    while (!isOver()) {
      const fromGreeting = !this.#dice.chance(EARLY)
      await this.stay(urlOf(), id, { milliseconds: this.#dice.between(20, LONGEST_STAY), fromGreeting })
      await sleep(this.#dice.between(0, 500))
    }
  }

  /** Comes back, with pauses, until it has seen an event, was refused, or has tried often enough. */
  async catchUp(url: string, id: string, until: number | undefined): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && this.refusals.length === 0 && this.seqs.at(-1) !== until; tries++) {
      if (tries > 0) await sleep(this.#dice.between(100, 1_000))
      await this.stay(url, id, { milliseconds: LONGEST_CATCHING_UP, until })
    }
  }
}

it(`${CLIENTS} clients that drop at random and two restarts of the server miss nothing and get nothing twice (seed ${SEED})`, {
  timeout: 400_000 + CLIENTS * 1_000,
}, async () => {
  await using folder = await makeDataFolder()
  const environment = { HOURGLASS_API_PORT: String(await freePort()), HOURGLASS_CLIENT_LIMITS: '1000' }
  let server = await TestServer.start(folder.path, environment)
  onTestFinished(() => server[Symbol.asyncDispose]())
  const id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  const rename = 'mutation ($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'
  let isOver = false
  const clients = Array.from({ length: CLIENTS }, (_, index) => new DroppingClient(SEED + index))
  const dropping = clients.map((client) =>
    client.dropUntil(
      () => isOver,
      () => server.url,
      id,
    ),
  )
  const changing = (async () => {
    for (let name = 0; !isOver; name++) {
      // One that meets no server is one event less.
      await server.query(rename, { id, name: `Name ${name}` }).catch(() => undefined)
      await sleep(INTERVAL)
    }
  })()
  /** Lets clients come and go for a while, each of them once more at least. */
  const stretch = async () => {
    const before = clients.map(({ drops }) => drops)
    await sleep(STRETCH)
    await expect.poll(() => clients.every(({ drops }, index) => drops > (before[index] ?? 0))).toBe(true)
  }
  await stretch()
  await server.kill()
  server = await TestServer.start(folder.path, environment)
  await stretch()
  await server.stop()
  server = await TestServer.start(folder.path, environment)
  await stretch()
  isOver = true
  await Promise.all([changing, ...dropping])

  const stored = await server.sequenceOf(id)
  const { url } = server
  for (let first = 0; first < clients.length; first += 100) {
    await Promise.all(clients.slice(first, first + 100).map((client) => client.catchUp(url, id, stored.at(-1))))
  }
  const drops = clients.reduce((sum, client) => sum + client.drops, 0)
  const wrong = clients.filter(({ seqs }) => JSON.stringify(seqs) !== JSON.stringify(stored))
  process.stdout.write(
    `${CLIENTS} clients, ${stored.length} events, ${drops} drops, 2 restarts: ${wrong.length} with anything missing or twice\n`,
  )
  expect(clients.flatMap(({ refusals }) => refusals)).toEqual([])
  expect(drops).toBeGreaterThan(CLIENTS)
  expect(wrong.map(({ seqs, ends }) => ({ seqs, lastEnds: ends.slice(-MOST_TRIES) }))).toEqual([])
  await server.stop()
})
