import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { refusalOf } from '../../database/StoreWriter.js'
import { storeFaultOf } from '../../database/storeFault.js'
import { HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import type { Selection } from '../../upkeep/copySelection.js'
import { problem, refuse } from './artifactRoutes.js'
import { untilLeft } from './untilLeft.js'

const CONTENT_TYPE = 'application/x-tar'
const archivePath = /^\/(run|experiment)s\/([a-z0-9]{12})\.tar$/

/** Serves runs and experiments as archives, and takes in those of other labs, below the path it is mounted at. */
export function archiveRoutes(lab: Lab): Router {
  const router = Router()
  router.get(archivePath, async ({ path }, response) => {
    const [, kind = '', id = ''] = archivePath.exec(path) ?? []
    const selection = { kind, id } as Selection
    try {
      const name = await nameOf(lab, selection)
      const archive = await lab.archives.pack(selection, untilLeft(response, 'The client left before the archive was packed.'))
      // What is packed is mostly numbers, which hardly shrink.
      response.attachment(name).set({ 'Content-Type': CONTENT_TYPE, 'Cache-Control': 'no-store, no-transform' })
      await pipeline(archive, response).catch(() => response.destroy())
    } catch (error) {
      if (!(error instanceof HourglassError)) throw error
      refuse(response, error)
    }
  })
  router.post('/', async (request, response) => {
    if (request.headers['content-type'] !== CONTENT_TYPE) {
      const message = `Expected an archive as ${CONTENT_TYPE}, got ${request.headers['content-type'] ?? 'no Content-Type'}.`
      response.status(415).json(problem('UNSUPPORTED_MEDIA_TYPE', message))
      return
    }
    try {
      const { runs, experiment, lostFiles } = await lab.archives.import(request, Number(request.headers['content-length'] ?? 0))
      lab.baselines.wake()
      const added = runs.map(({ id, number, name }) => ({ id, number, name }))
      response.status(201).json({ runs: added, experiment, lostFiles })
    } catch (caught) {
      // Whoever left in the middle hears nothing.
      if (request.destroyed && !request.complete) return
      const fault = storeFaultOf(caught)
      const error = fault ? refusalOf(fault) : caught
      if (!(error instanceof HourglassError)) throw error
      request.resume()
      refuse(response, error)
    }
  })
  return router
}

async function nameOf({ runs, experiments }: Lab, { kind, id }: Selection): Promise<string> {
  const { number } = kind === 'run' ? await runs.requireRun(id) : await experiments.requireExperiment(id)
  return `hourglass-${kind}-${number}.tar`
}
