import { beforeAll, describe, expect, it } from 'vitest'
import { smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

useServer({ HOURGLASS_OPERATION_SECONDS: '2' })

const DECODE = 'query ($id: ID!) { decode(runId: $id, codes: [[0, 0, 0, 0]]) }'
const late = {
  message: 'The operation took longer than 2 s. Ask for less at a time, or again when the lab has less to do.',
  extensions: { code: 'OPERATION_TIMED_OUT' },
}

let id: string
beforeAll(async () => {
  id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  expect((await server.query(DECODE, { id })).errors).toBeUndefined()
})

/** Halts the process that computes with models, for less time than it takes to be ended for that. */
function haltModels(): Disposable {
  const pid = Number(server.logLines.findLast(({ msg }) => msg === 'model process started')?.pid)
  process.kill(pid, 'SIGSTOP')
  return { [Symbol.dispose]: () => process.kill(pid, 'SIGCONT') }
}

describe('an operation whose time is over', () => {
  it('is answered so, over HTTP and over a socket', async () => {
    using _ = haltModels()
    expect((await server.query(DECODE, { id })).errors).toMatchObject([late])
    await using followed = server.follow(DECODE, { id })
    await expect(followed.finished).rejects.toThrow(late.message)
  })

  it('gives up its turn: those that wait for one have theirs', async () => {
    using _ = haltModels()
    // As many as there are turns for one client, several times; each waits for its turn or for the models.
    const asked = Array.from({ length: 40 }, () => server.query(DECODE, { id }))
    for (const { errors } of await Promise.all(asked)) expect(errors).toMatchObject([late])
    expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
  })

  it('is none of those that are followed', async () => {
    await using followed = server.follow<{ id: string }>('subscription { runsChanged { id } }')
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const launched = await server.launch(smallConfig)
    await followed.until((items) => items.some((item) => item?.id === launched))
  })
})
