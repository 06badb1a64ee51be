/** `followingClient.mjs URL RUN`: follows a run as the dashboard does, from the last event that it saw, however often its connection ends; prints each sequence number. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

const [url = '', id = ''] = process.argv.slice(2)
const query = 'subscription ($id: ID!, $after: Int) { runEvents(runId: $id, after: $after) { ... on StoredEvent { seq } } }'
let after = 0
for (;;) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
  try {
    for await (const { data } of client.iterate({ query, variables: { id, after } })) {
      const seq = /** @type {any} */ (data)?.runEvents?.seq
      if (seq === undefined) continue
      after = seq
      process.stdout.write(`${seq}\n`)
    }
  } catch {
    process.stdout.write('lost\n')
    await sleep(200)
  } finally {
    await client.dispose()
  }
}
