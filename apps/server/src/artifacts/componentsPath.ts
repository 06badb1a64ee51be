import { join } from 'node:path'

/** What principal components depend on. */
export interface TrainingData {
  readonly dataset: string
  readonly trainCount: number
}

/** Locates the file that keeps the principal components of training data: runs of the same data share it. */
export function componentsPath(folder: string, { dataset, trainCount }: TrainingData): string {
  return join(folder, `${dataset}-${trainCount}.safetensors`)
}
