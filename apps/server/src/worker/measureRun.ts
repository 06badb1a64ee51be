import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  decodePrincipalComponents,
  decodeSafetensors,
  encodePrincipalComponents,
  encodeSafetensors,
  type PlainTensor,
  type PrincipalComponents,
  type RunConfig,
} from '@hourglass/autoencoders'
import { analyzeRun, createEngine } from '@hourglass/autoencoders/analysis'
import { computePcaBaseline } from '@hourglass/autoencoders/training'
import type { Dataset } from '@hourglass/datasets'
import { encodeSamples } from '../artifacts/encodeSamples.js'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'
import { writeAtomically } from '../artifacts/writeAtomically.js'
import type { AnalysisRecord } from '../runs/AnalysisRecord.js'

export interface MeasureRunOptions {
  readonly config: RunConfig
  readonly dataset: Dataset
  /** Folder of the run's files. */
  readonly folder: string
  /** File of the principal components of its training data; written where it is missing. */
  readonly componentsPath: string
  readonly threads: number
  /** Ends it between two parts: it then throws the signal's reason. */
  readonly signal: AbortSignal
}

/** Measures a run by the parameters of its last epoch and writes the figures into its folder. */
export async function measureRun({ config, dataset, folder, componentsPath, threads, signal }: MeasureRunOptions): Promise<AnalysisRecord> {
  const { training } = config
  const checkpoint = await readFile(artifactPath(folder, runFiles.checkpoint(training.epochs)))
  const principalComponents = await loadComponents(componentsPath, { dataset, threads })
  signal.throwIfAborted()
  const { analysis, figures } = await analyzeRun({
    config,
    dataset,
    parameters: decodeSafetensors(checkpoint),
    engine: await createEngine(training.engine, { threads }),
    principalComponents,
    signal,
  })
  await rm(join(folder, 'analysis'), { recursive: true, force: true })
  const written = Object.entries(figures).map(async ([name, tensor]) => {
    const figure = { name, shape: [...tensor.shape] }
    await writeAtomically(artifactPath(folder, runFiles.figure(figure)), encodeFigure(tensor))
    return figure
  })
  return { measured: analysis, figures: await Promise.all(written) }
}

function encodeFigure({ shape, values }: PlainTensor): Uint8Array {
  if (shape.length !== 3) return encodeSafetensors({ values: { shape, values } })
  return encodeSamples({ kind: 'images', exampleShape: shape.slice(1), values: values })
}

/** The baseline worker keeps what it computes; it may not have come to this data yet, or have failed. */
async function loadComponents(path: string, data: { dataset: Dataset; threads: number }): Promise<PrincipalComponents> {
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file) return decodePrincipalComponents(file)
  const { principalComponents } = await computePcaBaseline(data)
  await writeAtomically(path, encodePrincipalComponents(principalComponents))
  return principalComponents
}
