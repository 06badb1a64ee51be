import type { RequestHandler } from 'express'
import proxyaddr from 'proxy-addr'
import type { Lab } from '../../Lab.js'
import { problem } from './artifactRoutes.js'
import type { Doors } from './Doors.js'

/** Tells operators how the lab is doing, in the text format of Prometheus: this machine, the trusted proxies, and whom the settings name. */
export function metricsRoute({ metrics, settings }: Lab, { identify }: Pick<Doors, 'identify'>): RequestHandler {
  const mayRead = proxyaddr.compile(['loopback', ...settings.trustedProxies, ...settings.metricsReaders])
  return async (request, response) => {
    const { address } = identify(request)
    if (!mayRead(address, 0)) {
      const message = `Metrics: expected to be asked by this machine or an address that HOURGLASS_METRICS_READERS lists, got ${address}.`
      response.status(403).json(problem('FORBIDDEN_READER', message))
      return
    }
    response.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).send(await metrics.write())
  }
}
