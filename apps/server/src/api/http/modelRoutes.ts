import { type ModelPart, modelParts } from '@hourglass/autoencoders'
import { Router } from 'express'
import { requireEpoch } from '../../artifacts/requireEpoch.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { clientOf } from './admitRequests.js'
import { refuse, send } from './artifactRoutes.js'
import { untilLeft } from './untilLeft.js'

const modelPath = new RegExp(`^/([a-z0-9]{12})/onnx/(\\d{1,9})/(${modelParts.join('|')})\\.onnx$`)

/** Serves trained models as ONNX files, made of a run's checkpoints, below the path it is mounted at. */
export function modelRoutes({ runs, onnxFiles }: Lab): Router {
  const router = Router()
  router.get(modelPath, async ({ path }, response, next) => {
    const [, id = '', epoch = '', part] = modelPath.exec(path) ?? []
    try {
      const run = await runs.requireRun(id)
      const request = { run, epoch: requireEpoch(run, Number(epoch)), part: part as ModelPart }
      const file = await onnxFiles.get(request, {
        client: clientOf(response),
        signal: untilLeft(response, 'The client left before the file was made.'),
      })
      response.attachment(`hourglass-${run.number}-epoch-${request.epoch}-${part}.onnx`).set('ETag', `"${file.tag}"`)
      send(response, { path: file.path, headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-cache' }, next })
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      if (error.code !== errorCodes.operationCancelled) refuse(response, error)
    }
  })
  return router
}
