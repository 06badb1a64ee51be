import { extname } from 'node:path'
import { artifactNames, epochOfArtifact } from '@hourglass/protocol'
import { type Response, Router } from 'express'
import { withNearestEpoch } from '../../artifacts/nearestEpoch.js'
import { missingFile, type StoredFile } from '../../artifacts/StoredFile.js'
import { type ErrorCode, errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'

const servedPath = /^\/([a-z0-9]{12})\/([A-Za-z0-9._/-]{1,200})$/

/** Serves runs' files below the path it is mounted at: those that are listed of a run, and none whose content is not what was written. */
export function artifactRoutes({ runs, artifacts, folders }: Lab): Router {
  const router = Router()
  router.use(async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response
        .status(405)
        .set('Allow', 'GET, HEAD')
        .json(problem('METHOD_NOT_ALLOWED', `Expected GET or HEAD, got ${request.method}.`))
      return
    }
    const [, id, name] = servedPath.exec(request.path) ?? []
    const run = id === undefined ? null : await runs.find(id)
    if (!run || name === undefined) return next('router')
    if (name === artifactNames.log) {
      const path = await folders.locate(run.id, name).catch(() => null)
      if (path === null) return next('router')
      return send(response, { path, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' }, next })
    }
    try {
      await artifacts.use(run, name, (file) => sendStored(response, file))
    } catch (caught) {
      const epoch = epochOfArtifact(name)
      const isModel = epoch !== null && name === artifactNames.checkpoint(epoch) && epoch >= 1 && epoch <= run.epochsCompleted
      const error = isModel ? await withNearestEpoch(artifacts, { run, epoch }, caught) : caught
      if (!(error instanceof HourglassError)) throw error
      if (error.code === errorCodes.epochNotFound && !isModel) return next('router')
      refuse(response, error)
    }
  })
  return router
}

const statuses: Partial<Record<ErrorCode, number>> = {
  [errorCodes.badUserInput]: 400,
  [errorCodes.runNotFound]: 404,
  [errorCodes.experimentNotFound]: 404,
  [errorCodes.alreadyHere]: 409,
  [errorCodes.diskFull]: 507,
  [errorCodes.storeBusy]: 503,
  [errorCodes.epochNotFound]: 404,
  [errorCodes.runUnreadable]: 404,
  [errorCodes.artifactMissing]: 410,
  [errorCodes.tooManyRequests]: 429,
  [errorCodes.modelUnavailable]: 503,
  [errorCodes.datasetUnavailable]: 410,
}

/** Says why a file cannot be had. */
export function refuse(response: Response, { code, message, details }: HourglassError): void {
  const { retryAfterSeconds } = details
  if (typeof retryAfterSeconds === 'number') response.set('Retry-After', String(retryAfterSeconds))
  response
    .status(statuses[code] ?? 500)
    .set('Cache-Control', 'no-store')
    .json(problem(code, message, details))
}

interface SentFile {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Is told where there is no such file. */
  readonly next: (error?: 'router') => void
}

/** Sends a file as fast as it is read, or the range of it that was asked for. */
export function send(response: Response, { path, headers, next }: SentFile): void {
  response.sendFile(path, { headers, cacheControl: false, dotfiles: 'allow' }, (error) => {
    // A reader who left needs no answer; a file that went meanwhile is not found.
    if (error && !response.headersSent) next('router')
  })
}

/** Sends a file of a run, or the range of it that was asked for. Rejects with ARTIFACT_MISSING where it went meanwhile. */
function sendStored(response: Response, { name, path, offset, bytes, sha256 }: StoredFile): Promise<void> {
  response.type(name.endsWith('.safetensors') ? 'application/octet-stream' : extname(name))
  // A file is never written again under its name.
  response.set('Cache-Control', 'public, max-age=31536000, immutable')
  // What else a pack holds, and when it was written to, is no matter of this file.
  if (sha256) response.set('ETag', `"${Buffer.from(sha256).toString('hex')}"`)
  if (bytes === 0) {
    response.end()
    return Promise.resolve()
  }
  const options = { start: offset, end: offset + bytes - 1, lastModified: sha256 === null, cacheControl: false, dotfiles: 'allow' } as const
  return new Promise((resolve, reject) => {
    response.sendFile(path, options, (error: (Error & { status?: number; headers?: Record<string, string> }) | undefined) => {
      // A reader who left needs no answer.
      if (!error || response.headersSent) return resolve()
      response.removeHeader('ETag')
      if (error.status === 404) return reject(missingFile(name, error))
      // A range that the file does not have, or a condition that it does not meet.
      response
        .status(error.status ?? 500)
        .set({ 'Cache-Control': 'no-store', ...error.headers })
        .end()
      resolve()
    })
  })
}

/** Words an error of the HTTP routes like one of GraphQL. */
export function problem(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
  return { errors: [{ message, extensions: { code, ...details } }] }
}
