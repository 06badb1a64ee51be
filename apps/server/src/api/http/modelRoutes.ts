import { type ModelPart, modelParts } from '@hourglass/autoencoders'
import { Router } from 'express'
import { HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { requireEpoch } from '../../models/ModelCache.js'
import { problem } from './artifactRoutes.js'

const modelPath = new RegExp(`^/([a-z0-9]{12})/onnx/(\\d{1,9})/(${modelParts.join('|')})\\.onnx$`)

/** Serves trained models as ONNX files, made of a run's checkpoints, below the path it is mounted at. */
export function modelRoutes({ runs, exporter }: Lab): Router {
  const router = Router()
  router.get(modelPath, async ({ path }, response) => {
    const [, id = '', epoch = '', part] = modelPath.exec(path) ?? []
    try {
      const run = await runs.requireRun(id)
      const file = await exporter.export({ run, epoch: requireEpoch(run, Number(epoch)), part: part as ModelPart })
      response
        .attachment(`hourglass-${run.number}-epoch-${Number(epoch)}-${part}.onnx`)
        .set({ 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-cache' })
        .send(Buffer.from(file.buffer, file.byteOffset, file.byteLength))
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      response.status(404).json(problem(error.code, error.message))
    }
  })
  return router
}
