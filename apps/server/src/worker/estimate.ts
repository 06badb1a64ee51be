/** The process that finds out what estimates are made of: how fast the machine is, and how much work runs are. It trains nothing. */
import { runConfigSchema } from '@hourglass/autoencoders'
import { countRun, measureMachine, type RunWork } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { describeFailure } from './describeFailure.js'
import type { EstimateCommand, EstimateReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'

const server = new ParentChannel<EstimateCommand, EstimateReport>((command) => void run(command))

async function run(command: EstimateCommand): Promise<void> {
  const startSeconds = process.uptime()
  try {
    if (command.type === 'measure') {
      await server.send({ type: 'measured', measurement: await measureMachine({ threads: command.threads }), startSeconds })
    } else {
      const works: (RunWork | null)[] = []
      for (const config of command.configs) works.push(await count(config))
      await server.send({ type: 'counted', works })
    }
  } catch (error) {
    await server.send({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}

/** A configuration of an earlier version may be none any more. */
async function count(stored: unknown): Promise<RunWork | null> {
  const { data: config } = runConfigSchema.safeParse(stored)
  return config ? countRun(config, datasetCatalog[config.data.dataset]) : null
}
