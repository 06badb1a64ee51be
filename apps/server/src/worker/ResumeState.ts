import { readFile } from 'node:fs/promises'
import { decodeSafetensors, encodeSafetensors, type NamedTensors } from '@hourglass/autoencoders'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'

export interface ResumeState {
  /** Epoch after which this state stood. */
  readonly epoch: number
  readonly trainingState: NamedTensors
}

/** Rides along in the file; exact in float32 up to 2^24 epochs. */
const EPOCH = 'hourglass/epoch'

export function encodeResumeState({ epoch, trainingState }: ResumeState): Uint8Array {
  return encodeSafetensors({ [EPOCH]: { shape: [], values: Float32Array.of(epoch) }, ...trainingState })
}

/**
 * Reads the newest training state that is not ahead of the stored epochs; undefined where there is none. The next file is ahead where the
 * server died before it stored the epoch: that epoch is trained again.
 */
export async function readResumeState(folder: string, epochsCompleted: number): Promise<ResumeState | undefined> {
  const states = await Promise.all([runFiles.resume, runFiles.nextResume].map((file) => read(artifactPath(folder, file))))
  return states
    .filter((state) => state !== undefined)
    .filter(({ epoch }) => epoch <= epochsCompleted)
    .sort((a, b) => b.epoch - a.epoch)[0]
}

async function read(path: string): Promise<ResumeState | undefined> {
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return undefined
  const { [EPOCH]: marker, ...trainingState } = decodeSafetensors(file)
  const epoch = marker?.values[0]
  return epoch === undefined ? undefined : { epoch, trainingState }
}
