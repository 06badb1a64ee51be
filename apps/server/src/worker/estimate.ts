/** The process that estimates how long runs will take: it measures the machine where that has not been done, and trains nothing. */
import { runConfigSchema } from '@hourglass/autoencoders'
import { estimateRun, type MachineSpeed, measureMachine } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import { describeFailure } from './describeFailure.js'
import type { EstimateCommand, EstimateReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'

const server = new ParentChannel<EstimateCommand, EstimateReport>((command) => void run(command))

async function run({ threads, speed: known, configs }: EstimateCommand): Promise<void> {
  try {
    const speed = known ?? (await measureMachine({ threads }))
    const seconds: (number | null)[] = []
    for (const config of configs) seconds.push(await estimate(config, speed))
    await server.send({ type: 'estimated', speed, seconds })
  } catch (error) {
    await server.send({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}

async function estimate(unchecked: unknown, speed: MachineSpeed): Promise<number | null> {
  const config = runConfigSchema.parse(unchecked)
  if (config.training.engine !== 'onnx') return null
  const { seconds } = await estimateRun(config, datasetCatalog[config.data.dataset], speed)
  return seconds
}
