import type { Dataset } from '@hourglass/datasets'
import type { AnalyzeRunOptions } from '../../src/analysis/AnalyzeRunOptions.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, type EngineName, initializeParameters, type RunConfigInput } from '../../src/index.js'
import type { PcaBaseline } from '../../src/training.js'

/** What an analysis of a model of random parameters needs. */
export async function optionsFor(
  dataset: Dataset,
  { principalComponents }: PcaBaseline,
  { engine = 'onnx', ...changes }: Pick<RunConfigInput, 'architecture' | 'corruption' | 'loss'> & { engine?: EngineName } = {},
): Promise<AnalyzeRunOptions> {
  const config = completeRunConfig({
    architecture: { kind: 'dense', latentDimension: 5 },
    data: { dataset: dataset.id },
    training: { seed: 3 },
    ...changes,
  })
  return {
    config,
    dataset,
    parameters: initializeParameters(config.architecture, { exampleShape: dataset.exampleShape, seed: 1 }),
    engine: await createEngine(engine, { threads: 1 }),
    principalComponents,
  }
}

/** What is looked at where other parts of the analysis do not matter. */
export const glance = {
  structuralSimilarity: 5,
  linearProbeTrain: 20,
  linearProbeTest: 20,
  kMeans: 20,
  compressionTrain: 20,
  compressionTest: 10,
  inpainting: 5,
  inpaintingIterations: 2,
}

/** The metrics of an analysis by what they are of. */
export const rowsOf = ({ subjects }: { subjects: readonly { subject: string; metrics: Readonly<Record<string, number | null>> }[] }) =>
  Object.fromEntries(subjects.map(({ subject, metrics }) => [subject, metrics]))
