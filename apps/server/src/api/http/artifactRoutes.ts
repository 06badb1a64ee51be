import { Router, static as serveFolder } from 'express'
import type { RunFolders } from '../../artifacts/RunFolders.js'
import { runFiles } from '../../artifacts/runFiles.js'

/** Files of a run as they may be asked for: no other name, whatever lies in the folder or how the path is written. */
const servedPath =
  /^\/[a-z0-9]{12}\/(?:(?:originals|corrupted)\.(?:png|safetensors)|analysis\/[A-Za-z]+\/[A-Za-z]+\.(?:png|safetensors)|resume\.safetensors|worker\.log|(?:reconstructions|checkpoints|codes)\/\d{4,}\.(?:png|safetensors))$/

/** Files that are written again, by a run that runs or is analyzed once more; the others never change once they are there. */
const isChangingFile = (path: string) => path.endsWith(runFiles.resume) || path.endsWith(runFiles.log) || /[\\/]analysis[\\/]/.test(path)

/** Serves runs' files below the path it is mounted at. */
export function artifactRoutes(folders: RunFolders): Router {
  const router = Router()
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response
        .status(405)
        .set('Allow', 'GET, HEAD')
        .json(problem('METHOD_NOT_ALLOWED', `Expected GET or HEAD, got ${request.method}.`))
    } else if (servedPath.test(request.path)) next()
    else next('router')
  })
  router.use(
    serveFolder(folders.root, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        response.setHeader('Cache-Control', isChangingFile(path) ? 'no-cache' : 'public, max-age=31536000, immutable')
        if (path.endsWith('.log')) response.setHeader('Content-Type', 'text/plain; charset=utf-8')
        if (path.endsWith('.safetensors')) response.setHeader('Content-Type', 'application/octet-stream')
      },
    }),
  )
  return router
}

/** Words an error of the HTTP routes like one of GraphQL. */
export function problem(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] }
}
