import { type CodedChoice, codedChoices } from '@hourglass/autoencoders/calls'
import type { PlaneProjection } from '@hourglass/autoencoders/latent'
import { type Response, Router } from 'express'
import { z } from 'zod'
import { requireEpoch } from '../../artifacts/requireEpoch.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import { clientOf } from './admitRequests.js'
import { refuse, send } from './artifactRoutes.js'
import { untilLeft } from './untilLeft.js'

const codedPath = new RegExp(`^/([a-z0-9]{12})/(${codedChoices.join('|')})/(\\d{1,9})/(codes|places)\\.safetensors$`)

const questions = z.object({
  map: z
    .string()
    .regex(/^(principal|z[1-9]\d{0,4}(-z[1-9]\d{0,4})?)$/)
    .default('principal'),
  fit: z.coerce.number().int().min(1).optional(),
})

/** A checkpoint of a run has one file of codes, and that one map of an epoch's directions. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Serves the codes of all examples, or of a sample of them, and their places on a map, below the path it is mounted at: both are computed when they are asked for. */
export function codedRoutes({ runs, codedExamples }: Lab): Router {
  const router = Router()
  router.get(codedPath, async ({ path, query }, response, next) => {
    const [, id = '', choice, epochText = '', what] = codedPath.exec(path) ?? []
    try {
      const run = await runs.requireRun(id)
      const request = { run, epoch: requireEpoch(run, Number(epochText)), choice: choice as CodedChoice }
      const asker = { client: clientOf(response), signal: untilLeft(response, 'The client left before the codes were computed.') }
      if (what === 'codes') {
        return await codedExamples.use(request, asker, (path) => sendWhole(response, path, next))
      }
      const asked = questions.safeParse(query)
      if (!asked.success) {
        throw new HourglassError(
          errorCodes.badUserInput,
          'map: expected principal or units such as z1-z4, and fit, the number of an epoch.',
        )
      }
      const { map, fit = request.epoch } = asked.data
      const content = await codedExamples.places({ ...request, projection: readProjection(map), fit: requireEpoch(run, fit) }, asker)
      response
        .type('application/octet-stream')
        .set('Cache-Control', FOR_EVER)
        .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      if (error.code !== errorCodes.operationCancelled) refuse(response, error)
    }
  })
  return router
}

function sendWhole(response: Response, path: string, next: (error?: 'router') => void): Promise<void> {
  return new Promise((resolve) => {
    response.on('close', resolve)
    send(response, { path, headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': FOR_EVER }, next })
  })
}

function readProjection(map: string): PlaneProjection {
  if (map === 'principal') return { kind: 'principal' }
  const [across = 0, up = null] = map.split('-').map((unit) => Number(unit.slice(1)) - 1)
  return { kind: 'units', across, up }
}
