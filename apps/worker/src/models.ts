/** The process that computes with trained models: `models.js MEGABYTES`, the memory that it may have. Takes calls and answers over IPC. */
import { fileURLToPath } from 'node:url'
import { type ModelCall, type ModelReply, modelCallSchema } from '@hourglass/autoencoders/calls'
import type { Alive } from '@hourglass/protocol'
import { keepAlive } from './keepAlive.js'
import { ModelServer } from './models/ModelServer.js'
import { ModelThread } from './models/ModelThread.js'
import { ParentChannel } from './ParentChannel.js'

const megabytes = Number(process.argv[2])
const limit = megabytes * 1024 ** 2
let isRetiring = false
let reported: Promise<void> = Promise.resolve()

const channel = new ParentChannel<ModelCall, ModelReply | Alive>(modelCallSchema, async (call) => {
  if (isRetiring) return
  if (call.type === 'cancel') {
    server.take(call)
    thread.cancel(call.id)
  } else if (isQuick(call)) server.take(call)
  else thread.take(call)
})

/** Whether somebody moves a slider meanwhile: it is answered in turns of this process alone. */
const isQuick = ({ type }: ModelCall) => type === 'apply' || type === 'neighbours'

function reply(answer: ModelReply): void {
  const sent = channel.report(answer)
  reported = Promise.all([reported, sent]).then(() => undefined)
}

function retireWhereLarge(): void {
  if (isRetiring || process.memoryUsage.rss() <= limit) return
  isRetiring = true
  // Ends as asked for: the server sends what waits to the next process.
  void reported.finally(() => process.exit(0))
}

const server = new ModelServer({
  // Models that are kept may have a quarter: reading, computing and exporting one takes several times its size on the way.
  mostBytes: limit / 4,
  reply,
  afterTurn: retireWhereLarge,
})

const thread = new ModelThread({
  path: fileURLToPath(new URL('modelThread.js', import.meta.url)),
  megabytes: megabytes / 2,
  reply: (answer) => {
    reply(answer)
    retireWhereLarge()
  },
  // A process that ends without a word counts as crashed.
  onFailure: (error) => {
    console.error(error)
    process.exit(1)
  },
})

keepAlive(channel)
