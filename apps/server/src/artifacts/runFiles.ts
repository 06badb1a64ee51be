import { join } from 'node:path'
import type { AnalysisFigure } from '../runs/AnalysisRecord.js'

export type ExampleKind = 'images' | 'points'

/** Images travel as one PNG strip, points as a safetensors file. */
const sampleExtensions = { images: 'png', points: 'safetensors' } as const satisfies Record<ExampleKind, string>

const paddedEpoch = (epoch: number) => String(epoch).padStart(4, '0')

/** Names the files of a run, relative to its folder. */
export const runFiles = {
  originals: (kind: ExampleKind) => `originals.${sampleExtensions[kind]}`,
  /** What a denoising autoencoder sees of them. */
  corrupted: (kind: ExampleKind) => `corrupted.${sampleExtensions[kind]}`,
  reconstructions: (kind: ExampleKind, epoch: number) => `reconstructions/${paddedEpoch(epoch)}.${sampleExtensions[kind]}`,
  checkpoint: (epoch: number) => `checkpoints/${paddedEpoch(epoch)}.safetensors`,
  codes: (epoch: number) => `codes/${paddedEpoch(epoch)}.safetensors`,
  /** Figures of an analysis: images are strips, what has more sides than images is a tensor named `values`. */
  figure: ({ name, shape }: AnalysisFigure) => `analysis/${name}.${shape.length === 3 ? 'png' : 'safetensors'}`,
  /** Not on disk: made of the checkpoint when it is asked for. */
  model: (epoch: number, part: string) => `onnx/${paddedEpoch(epoch)}/${part}.onnx`,
  /** Training state of the last epoch that is stored. */
  resume: 'resume.safetensors',
  /** Training state of the epoch that is being stored; takes the place of `resume` once it is. */
  nextResume: 'resume.next.safetensors',
  log: 'worker.log',
} as const

/** Addresses a run's file as clients fetch it. */
export function artifactUrl(runId: string, file: string): string {
  return `/artifacts/runs/${runId}/${file}`
}

/** Locates a run's file on disk. */
export function artifactPath(runFolder: string, file: string): string {
  return join(runFolder, ...file.split('/'))
}
