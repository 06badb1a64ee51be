import { computePcaBaseline } from '@hourglass/autoencoders/training'
import { datasetIds } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import type { WorkerTaskCommand, WorkerTaskReport } from '@hourglass/protocol'
import { z } from 'zod'
import { keepComponents } from '../loadComponents.js'

/** Computes one PCA baseline and keeps the components for whoever needs them. */
export async function computeBaseline(
  { dataset: id, trainCount, testCount, threads }: WorkerTaskCommand<'baseline'>,
  cacheFolder: string,
): Promise<WorkerTaskReport<'baseline'>> {
  const dataset = await loadDataset(z.enum(datasetIds).parse(id), { trainCount, testCount })
  const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset, threads })
  await keepComponents(cacheFolder, dataset, principalComponents)
  return { type: 'computed', meanSquaredErrors: [...meanSquaredErrors] }
}
