import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { RequestHandler } from 'express'
import type { Lab } from '../../Lab.js'

/** Answers whether the lab is well: 200, or 503 with what is not, and which lab it is. */
export function healthRoute({ health, settings, version }: Lab): RequestHandler {
  return async (request, response) => {
    const { problems, queued, running } = await health.read()
    const state = (part: string) => (problems.some((problem) => problem.part === part) ? 'failing' : 'ok')
    response
      .status(problems.length > 0 ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json({
        status: problems.length > 0 ? 'failing' : 'ok',
        database: state('database'),
        disk: state('disk'),
        workers: state('workers'),
        queue: { queued, running, maxRuns: settings.maxRuns },
        problems: problems.map(({ code, message }) => ({ code, message })),
        lab: { name: 'hourglass', version, ...(isLocal(request) ? localIdentity(settings.dataFolder) : {}) },
      })
  }
}

/** What only somebody on this machine is told: where the data lies, and which process ends the lab (its start script, where that started this one). */
function localIdentity(dataFolder: string) {
  return { dataFolder, pid: process.connected ? process.ppid : process.pid }
}

/** Tells whether a request comes from this machine, through however many proxies: each of them names whom it forwards. */
function isLocal({ headers, socket }: IncomingMessage): boolean {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((addresses) => addresses.split(','))
  return [socket.remoteAddress ?? '', ...forwarded].every((address) => isLoopback(address.trim()))
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}
