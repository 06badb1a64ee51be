import { runConfigSchema } from '@hourglass/autoencoders'
import { measurePca } from '@hourglass/autoencoders/analysis'
import { datasetIds } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import type { WorkerTaskCommand, WorkerTaskReport } from '@hourglass/protocol'
import { z } from 'zod'
import { loadComponents } from '../loadComponents.js'

const corruptionSchema = runConfigSchema.shape.corruption

/** Computes the PCA baselines of runs on the same data, with the components that whoever needs them keeps. */
export async function computeBaseline(
  { dataset: id, trainCount, testCount, requests, threads }: WorkerTaskCommand<'baseline'>,
  cacheFolder: string,
): Promise<WorkerTaskReport<'baseline'>> {
  const dataset = await loadDataset(z.enum(datasetIds).parse(id), { trainCount, testCount })
  const principalComponents = await loadComponents(cacheFolder, { dataset, threads })
  const errors = await measurePca({
    dataset,
    principalComponents,
    requests: requests.map(({ codeSize, corruption }) => ({ codeSize, corruption: corruptionSchema.parse(corruption) })),
    threads,
  })
  return { type: 'computed', errors }
}
