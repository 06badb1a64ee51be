import { decodeSafetensors, encodeSafetensors, type PlainTensor, type PrincipalComponents, type RunConfig } from '@hourglass/autoencoders'
import { analyzeRun, createEngine, type SharedMeasurements } from '@hourglass/autoencoders/analysis'
import { analysisFormat } from '@hourglass/autoencoders/measured'
import type { Dataset } from '@hourglass/datasets'
import { type ArtifactRef, artifactNames, type RunReportOf, versionOf } from '@hourglass/protocol'
import type { Artifacts } from './Artifacts.js'
import { encodeSamples, sampleExtension } from './encodeSamples.js'

export interface MeasureRunOptions {
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly artifacts: Artifacts
  /** Attempt that measures: figures of an earlier one keep their names until these are recorded. */
  readonly attempt: number
  /** The epoch that is measured. */
  readonly epoch: number
  /** Its parameters. */
  readonly checkpoint: ArtifactRef
  /** Of its training data. */
  readonly principalComponents: PrincipalComponents
  /** What was measured for runs of the same examples. */
  readonly shared: SharedMeasurements
  readonly threads: number
  /** Ends it between two parts: it then throws the signal's reason. */
  readonly signal: AbortSignal
  /** Hears how many parts are measured, of how many, before each. */
  readonly onPart: (measured: number, parts: number) => Promise<void>
}

/** Measures a run by the parameters of an epoch and writes the figures; gives the report of both. */
export async function measureRun(options: MeasureRunOptions): Promise<RunReportOf<'analysed'>> {
  const { config, dataset, artifacts, attempt, principalComponents, shared, threads, signal, onPart } = options
  const checkpoint = await artifacts.read(options.checkpoint)
  signal.throwIfAborted()
  const { analysis, figures } = await analyzeRun({
    config,
    dataset,
    parameters: decodeSafetensors(checkpoint),
    engine: await createEngine(config.training.engine, { threads }),
    principalComponents,
    shared,
    signal,
    onPart,
  })
  const files = Object.entries(figures).map(([name, tensor]) => {
    const { content, extension } = encodeFigure(tensor)
    const figure = { name, shape: [...tensor.shape], file: artifactNames.figure(attempt, name, extension) }
    return { figure, content: { name: figure.file, type: 'figure', content } }
  })
  // A pack of their own, which goes as a whole when the run is measured again.
  artifacts.beginPack()
  return {
    type: 'analysed',
    epoch: options.epoch,
    version: versionOf(analysisFormat),
    measured: analysis,
    figures: files.map(({ figure }) => figure),
    artifacts: await artifacts.append(files.map(({ content }) => content)),
  }
}

/** Images are strips; what is no list of images, but has fewer or more axes, is a tensor named `values`. */
function encodeFigure({ shape, values }: PlainTensor): { readonly content: Uint8Array; readonly extension: string } {
  if (shape.length !== 3) return { content: encodeSafetensors({ values: { shape, values } }), extension: 'safetensors' }
  return { content: encodeSamples({ kind: 'images', exampleShape: shape.slice(1), values }), extension: sampleExtension('images') }
}
