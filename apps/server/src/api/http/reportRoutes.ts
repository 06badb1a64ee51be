import { Router } from 'express'
import type { Lab } from '../../Lab.js'
import { readKept } from '../../reports/keptFigures.js'
import { problem } from './artifactRoutes.js'

const keptPath = /^\/([a-z0-9]{12})\/([0-9a-f]{64})\.(png|csv)$/

/** Serves what is kept of the figures of reports, below the path it is mounted at: images, which can hold nothing that runs, and tables to take away. */
export function reportRoutes({ database }: Pick<Lab, 'database'>): Router {
  const router = Router()
  router.use(async ({ method, path }, response, next) => {
    const [, id = '', hash = '', kind] = keptPath.exec(path) ?? []
    if (kind === undefined) return next('router')
    if (method !== 'GET' && method !== 'HEAD') {
      response
        .status(405)
        .set('Allow', 'GET, HEAD')
        .json(problem('METHOD_NOT_ALLOWED', `Expected GET or HEAD, got ${method}.`))
      return
    }
    const kept = await readKept(database, id, hash)
    const content = kind === 'png' ? kept?.image : kept?.table
    if (content === null || content === undefined) return next('router')
    // What is called after its content never changes.
    response.set({ 'Cache-Control': 'private, max-age=31536000, immutable', ETag: `"${hash}"` })
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'; sandbox",
    )
    if (kind === 'csv') response.attachment(`${hash.slice(0, 12)}.csv`).set('Content-Type', 'text/csv; charset=utf-8')
    else response.set('Content-Type', 'image/png')
    response.send(typeof content === 'string' ? content : Buffer.from(content))
  })
  return router
}
