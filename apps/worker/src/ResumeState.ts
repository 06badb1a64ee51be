import { decodeSafetensors, encodeSafetensors, type NamedTensors } from '@hourglass/autoencoders'
import type { ArtifactRef } from '@hourglass/protocol'
import type { Artifacts } from './Artifacts.js'

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
 * Reads the newest training state that is not ahead of the stored epochs; undefined where there is none. One of a version that kept two is ahead where
 * its server died before it stored the epoch: that epoch is trained again.
 */
export async function readResumeState(
  artifacts: Artifacts,
  refs: readonly ArtifactRef[],
  epochsCompleted: number,
): Promise<ResumeState | undefined> {
  const states = await Promise.all(
    refs.filter(({ type }) => type === 'resume').map(async (ref) => decodeResumeState(await artifacts.read(ref))),
  )
  return states
    .filter((state) => state !== undefined)
    .filter(({ epoch }) => epoch <= epochsCompleted)
    .sort((a, b) => b.epoch - a.epoch)[0]
}

function decodeResumeState(file: Uint8Array): ResumeState | undefined {
  const { [EPOCH]: marker, ...trainingState } = decodeSafetensors(file)
  const epoch = marker?.values[0]
  return epoch === undefined ? undefined : { epoch, trainingState }
}
