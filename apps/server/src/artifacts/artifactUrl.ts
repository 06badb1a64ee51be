/** Addresses a run's file as clients fetch it. */
export function artifactUrl(runId: string, name: string): string {
  return `/artifacts/runs/${runId}/${name}`
}

/** Addresses a trained model as an ONNX file, which is made of the checkpoint when it is asked for. */
export function modelUrl(runId: string, epoch: number, part: string): string {
  return artifactUrl(runId, `onnx/${String(epoch).padStart(4, '0')}/${part}.onnx`)
}
