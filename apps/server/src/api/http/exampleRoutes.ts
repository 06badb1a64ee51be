import { Router } from 'express'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { type ExamplesRequest, exampleSplits } from '../../models/StoredExamples.js'
import { clientOf } from './admitRequests.js'
import { refuse } from './artifactRoutes.js'
import { untilLeft } from './untilLeft.js'

const examplesPath = new RegExp(`^/([a-z0-9]{12})/examples/(${exampleSplits.join('|')})/(\\d{1,5})\\.(png|safetensors)$`)

/** Serves the examples of runs, a page a file, below the path it is mounted at. */
export function exampleRoutes({ runs, examples }: Lab): Router {
  const router = Router()
  router.get(examplesPath, async ({ path }, response, next) => {
    const [, id = '', split, page, extension] = examplesPath.exec(path) ?? []
    try {
      const run = await runs.requireRun(id)
      const file = await examples.read(
        { run, split: split as ExamplesRequest['split'], page: Number(page) },
        { client: clientOf(response), signal: untilLeft(response, 'The client left before the examples were read.') },
      )
      if (file === null || file.extension !== extension) return next('router')
      response
        .type(extension === 'png' ? 'png' : 'application/octet-stream')
        // A run's examples are always the same: others are refused.
        .set('Cache-Control', 'public, max-age=31536000, immutable')
        .send(Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength))
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      if (error.code !== errorCodes.operationCancelled) refuse(response, error)
    }
  })
  return router
}
