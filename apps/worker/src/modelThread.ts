/** The thread in which the process for models does what takes long: takes calls and answers them as that does, and says which it works on. */
import { parentPort } from 'node:worker_threads'
import type { ModelCall } from '@hourglass/autoencoders/calls'
import { ModelServer } from './models/ModelServer.js'
import type { ThreadReply } from './models/ModelThread.js'

if (!parentPort) throw new Error('Expected to be started as a thread, got no port')
const port = parentPort
const say = (reply: ThreadReply) => port.postMessage(reply)
// It decodes nothing: no models are kept.
const server = new ModelServer({
  mostBytes: 0,
  reply: say,
  beforeTurn: (id) => say({ type: 'works', id }),
  afterTurn: () => say({ type: 'rests' }),
})

port.on('message', (call: ModelCall) => server.take(call))
