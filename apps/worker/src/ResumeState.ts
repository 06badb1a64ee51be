import { decodeSafetensors, encodeSafetensors, type NamedTensors } from '@hourglass/autoencoders'
import type { ArtifactRef } from '@hourglass/protocol'
import type { Artifacts } from './Artifacts.js'
import { WorkerError } from './WorkerError.js'

export interface ResumeState {
  /** Epoch after which this state stood. */
  readonly epoch: number
  readonly trainingState: NamedTensors
}

/** Rides along in the file; exact in float32 up to 2^24 epochs. */
const EPOCH = 'hourglass/epoch'

/** Encodes a training state as safetensors, with the epoch that it follows. */
export function encodeResumeState({ epoch, trainingState }: ResumeState): Uint8Array {
  return encodeSafetensors({ [EPOCH]: { shape: [], values: Float32Array.of(epoch) }, ...trainingState })
}

/** The state to go on from, and the training states that are of no use. */
export interface FoundResumeState {
  readonly state: ResumeState | undefined
  readonly unusable: readonly { readonly name: string; readonly message: string }[]
}

/**
 * Finds the newest training state that is what was written and not ahead of the stored epochs; none where the run has to begin anew. One of a version that
 * kept two is ahead where its server died before it stored the epoch: that epoch is trained again.
 */
export async function findResumeState(
  artifacts: Artifacts,
  refs: readonly ArtifactRef[],
  epochsCompleted: number,
): Promise<FoundResumeState> {
  const unusable: { name: string; message: string }[] = []
  let state: ResumeState | undefined
  for (const ref of refs.filter(({ type }) => type === 'resume')) {
    try {
      const read = decodeResumeState(ref, await artifacts.read(ref))
      if (read.epoch <= epochsCompleted && read.epoch > (state?.epoch ?? 0)) state = read
    } catch (error) {
      if (!(error instanceof WorkerError)) throw error
      unusable.push({ name: ref.name, message: error.message })
    }
  }
  return { state, unusable }
}

/** Throws ARTIFACT_DAMAGED where it is none: files of earlier versions have no hash that would tell. */
function decodeResumeState({ name }: ArtifactRef, file: Uint8Array): ResumeState {
  let tensors: NamedTensors
  try {
    tensors = decodeSafetensors(file)
  } catch (cause) {
    const message = `${name}: expected a training state, got a file that cannot be read (${cause instanceof Error ? cause.message : String(cause)}).`
    throw new WorkerError('ARTIFACT_DAMAGED', message, { cause })
  }
  const { [EPOCH]: marker, ...trainingState } = tensors
  const epoch = marker?.values[0]
  if (epoch !== undefined) return { epoch, trainingState }
  throw new WorkerError('ARTIFACT_DAMAGED', `${name}: expected a training state, got tensors without the epoch that left them.`)
}
