import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

const EPOCHS = 30
const CONFIG = { data: { trainCount: 6000, testCount: 1000 }, training: { epochs: EPOCHS, batchSize: 128 } }
const LAUNCH = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const EVENTS = 'subscription ($runId: ID!) { runEvents(runId: $runId) { __typename ... on EpochCompleted { at metrics { epoch } } } }'

/**
 * Trains a small run on a server with so many subscribers of its events, each on a socket of its own, and gives the milliseconds from the end of
 * each epoch, before its files are written, to its arrival at each of them.
 */
export async function followEpochs(server, subscribers) {
  const clients = Array.from({ length: subscribers }, () =>
    createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 }),
  )
  try {
    const { launchRun } = await server.data(LAUNCH, { input: { name: `Followed by ${subscribers}`, config: CONFIG } })
    const delays = await Promise.all(clients.map((client) => receiveEpochs(client, launchRun.id)))
    return delays.flat()
  } finally {
    await Promise.all(clients.map((client) => client.dispose()))
  }
}

async function receiveEpochs(client, runId) {
  const delays = []
  for await (const { data, errors } of client.iterate({ query: EVENTS, variables: { runId } })) {
    if (errors) throw new Error(JSON.stringify(errors))
    const event = data.runEvents
    if (event.__typename !== 'EpochCompleted') continue
    delays.push(Date.now() - Date.parse(event.at))
    if (event.metrics.epoch === EPOCHS) break
  }
  return delays
}
