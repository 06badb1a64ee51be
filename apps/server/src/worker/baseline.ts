/** The process that computes one PCA baseline. */
import { encodePrincipalComponents } from '@hourglass/autoencoders'
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import { datasetIds } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { z } from 'zod'
import { writeAtomically } from '../artifacts/writeAtomically.js'
import { describeFailure } from './describeFailure.js'
import type { BaselineCommand, BaselineReport } from './messages.js'
import { ParentChannel } from './ParentChannel.js'

const server = new ParentChannel<BaselineCommand, BaselineReport>((command) => void run(command))

async function run({ dataset: id, trainCount, testCount, threads, componentsPath }: BaselineCommand): Promise<void> {
  try {
    const dataset = await loadDataset(z.enum(datasetIds).parse(id), { trainCount, testCount })
    const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset, threads })
    await writeAtomically(componentsPath, encodePrincipalComponents(principalComponents))
    await server.send({ type: 'computed', meanSquaredErrors })
  } catch (error) {
    await server.send({ type: 'failed', ...describeFailure(error) })
  }
  process.exit(0)
}
