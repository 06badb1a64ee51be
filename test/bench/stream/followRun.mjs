/**
 * Follows one run on so many sockets, as so many dashboards would, and tells when each event came. Its parent sends what to follow, hears `ready` once every
 * socket has all that is stored, and sends `end` to hear of what came since.
 */
import { WebSocket } from 'ws'

process.once('message', async ({ url, query, runId, sockets }) => {
  const followers = await Promise.all(Array.from({ length: sockets }, () => follow(url, { query, variables: { runId, after: 0 } })))
  process.send('ready')
  process.once('message', () => {
    const received = followers.map(({ events }) => events)
    for (const { socket } of followers) socket.terminate()
    process.send(received, () => process.disconnect())
  })
})

/** Resolves once the first event is there. Reads no more of an event than its number: a thousand clients share this process. */
function follow(url, payload) {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false })
  const events = []
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`the socket was closed with ${code}`)))
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', (data, isBinary) => {
      const now = Date.now()
      const head = data.toString('latin1', 0, 400)
      if (head.includes('"type":"connection_ack"')) return socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
      if (head.includes('"type":"ping"')) return socket.send('{"type":"pong"}')
      if (isBinary || !head.includes('"type":"next"') || head.includes('"errors"')) return reject(new Error(`expected events, got ${data}`))
      const [, seq] = /"seq":(\d+)/.exec(head) ?? []
      if (seq === undefined) return
      events.push([Number(seq), now])
      resolve({ socket, events })
    })
  })
}
