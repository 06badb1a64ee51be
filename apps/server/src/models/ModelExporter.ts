import { readFile } from 'node:fs/promises'
import { decodeSafetensors, type ModelPart, runConfigSchema } from '@hourglass/autoencoders'
import { type DatasetId, datasetCatalog } from '@hourglass/datasets'
import pLimit from 'p-limit'
import type { RunFolders } from '../artifacts/RunFolders.js'
import { artifactPath, runFiles } from '../artifacts/runFiles.js'
import type { Run } from '../runs/RunStore.js'

export interface ExportRequest {
  readonly run: Run
  /** One that the run has completed. */
  readonly epoch: number
  readonly part: ModelPart
}

/** Makes ONNX files of checkpoints when they are asked for: they would double what runs take on disk. */
export class ModelExporter {
  readonly #folders: RunFolders
  /** One at a time: the largest models take some hundred megabytes on the way. */
  readonly #inTurn = pLimit(1)

  constructor(folders: RunFolders) {
    this.#folders = folders
  }

  export({ run, epoch, part }: ExportRequest): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      // The compiler and TensorFlow.js are loaded for the first export: most servers have none.
      const { exportModel } = await import('@hourglass/autoencoders/export')
      const { architecture: config } = runConfigSchema.parse(run.config)
      const { exampleShape } = datasetCatalog[run.dataset as DatasetId]
      const parameters = decodeSafetensors(await readFile(artifactPath(this.#folders.pathOf(run.id), runFiles.checkpoint(epoch))))
      const metadata = { run: run.id, name: run.name, dataset: run.dataset, epoch: String(epoch) }
      return exportModel({ config, exampleShape, parameters }, part, { metadata })
    })
  }
}
