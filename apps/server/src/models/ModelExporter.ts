import { decodeSafetensors, type ModelPart } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'
import pLimit from 'p-limit'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'

export interface ExportRequest {
  readonly run: Run
  /** One that the run has completed. */
  readonly epoch: number
  readonly part: ModelPart
}

/** Makes ONNX files of checkpoints when they are asked for: they would double what runs take on disk. */
export class ModelExporter {
  readonly #artifacts: ArtifactStore
  /** One at a time: the largest models take some hundred megabytes on the way. */
  readonly #inTurn = pLimit(1)

  constructor(artifacts: ArtifactStore) {
    this.#artifacts = artifacts
  }

  export({ run, epoch, part }: ExportRequest): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      // The compiler and TensorFlow.js are loaded for the first export: most servers have none.
      const { exportModel } = await import('@hourglass/autoencoders/export')
      const { architecture: config, data } = requireConfig(run)
      const { exampleShape } = datasetCatalog[data.dataset]
      const parameters = decodeSafetensors(await this.#artifacts.read(run, artifactNames.checkpoint(epoch)))
      const metadata = { run: run.id, name: run.name, dataset: data.dataset, epoch: String(epoch) }
      return exportModel({ config, exampleShape, parameters }, part, { metadata })
    })
  }
}
