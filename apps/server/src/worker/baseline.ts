/** The process that computes one PCA baseline. */
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import { datasetIds } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { z } from 'zod'
import { describeFailure } from './describeFailure.js'
import type { BaselineCommand, BaselineReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'

const server = new ParentChannel<BaselineCommand, BaselineReport>((command) => void run(command))

async function run({ dataset: id, trainCount, testCount, threads }: BaselineCommand): Promise<void> {
  try {
    const dataset = await loadDataset(z.enum(datasetIds).parse(id), { trainCount, testCount })
    const { meanSquaredErrors } = await computePcaBaseline({ dataset, threads })
    await server.send({ type: 'computed', meanSquaredErrors })
  } catch (error) {
    await server.send({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}
