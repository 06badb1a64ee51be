/** The process that loads one engine, to see whether it can be had: a library that is broken ends this process alone. */
import { engines } from '@hourglass/autoencoders'
import { checkEngine } from '@hourglass/autoencoders/training'
import { z } from 'zod'
import type { EngineCommand, EngineReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'

const server = new ParentChannel<EngineCommand, EngineReport>((command) => void run(command))

async function run({ engine }: EngineCommand): Promise<void> {
  const { available, runtime, reason } = await checkEngine(z.enum(engines).parse(engine))
  await server.send({ type: 'checked', available, runtime, reason })
  process.exit(0)
}
