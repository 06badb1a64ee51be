import { runConfigSchema } from '@hourglass/autoencoders'
import { measurePca } from '@hourglass/autoencoders/analysis'
import type { WorkerTaskCommand, WorkerTaskReport } from '@hourglass/autoencoders/calls'
import { datasetIds, selections } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { z } from 'zod'
import { loadComponents } from '../loadComponents.js'

const corruptionSchema = runConfigSchema.shape.corruption

/** Computes the PCA baselines of runs on the same data, with the components that whoever needs them keeps. */
export async function computeBaseline(
  { dataset: id, trainCount, validationCount, testCount, selection: given, requests, threads }: WorkerTaskCommand<'baseline'>,
  folder: string,
): Promise<WorkerTaskReport<'baseline'>> {
  const selection = z.enum(selections).parse(given)
  const dataset = await loadDataset(z.enum(datasetIds).parse(id), { trainCount, validationCount, testCount, selection })
  const problems: string[] = []
  const cache = { folder, onProblem: (problem: string) => problems.push(problem) }
  const principalComponents = await loadComponents(cache, { dataset, selection, threads })
  const errors = await measurePca({
    dataset,
    principalComponents,
    requests: requests.map(({ codeSize, corruption }) => ({ codeSize, corruption: corruptionSchema.parse(corruption) })),
    threads,
  })
  return { type: 'computed', errors, problems }
}
