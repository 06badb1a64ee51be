/** The process that computes with trained models: `models.js MEGABYTES`, the memory that it may have. Takes calls and answers over IPC. */
import { type ModelCall, type ModelReply, modelCallSchema } from '@hourglass/autoencoders/calls'
import type { Alive } from '@hourglass/protocol'
import { keepAlive } from './keepAlive.js'
import { ModelServer } from './models/ModelServer.js'
import { ParentChannel } from './ParentChannel.js'

const limit = Number(process.argv[2]) * 1024 ** 2
let isRetiring = false
let reported: Promise<void> = Promise.resolve()

const channel = new ParentChannel<ModelCall, ModelReply | Alive>(modelCallSchema, async (call) => {
  if (!isRetiring) server.take(call)
})

const server = new ModelServer({
  // Models that are kept may have a quarter: reading, computing and exporting one takes several times its size on the way.
  mostBytes: limit / 4,
  reply: (reply) => {
    const sent = channel.report(reply)
    reported = Promise.all([reported, sent]).then(() => undefined)
  },
  afterTurn: () => {
    if (isRetiring || process.memoryUsage.rss() <= limit) return
    isRetiring = true
    // Ends as asked for: the server sends what waits to the next process.
    void reported.finally(() => process.exit(0))
  },
})

keepAlive(channel)
