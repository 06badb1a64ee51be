import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import Negotiator from 'negotiator'

/** Where Next asks for what its build left. */
const PREFIX = '/_next/static/'
/** Each file has a name of its own contents: a browser asks for it once. */
const CACHE = 'public, max-age=31536000, immutable'

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
}
/** The encodings of compressed files, by their endings. */
const encodings = /** @type {const} */ ({ '.br': 'br', '.gz': 'gzip' })

/** @type {readonly Encoding[]} */
const preferences = ['br', 'gzip', 'identity']

/** @typedef {'identity' | (typeof encodings)[keyof typeof encodings]} Encoding */
/** @typedef {{ readonly type: string, readonly contents: Map<Encoding, Buffer> }} BuiltFile */

/**
 * Serves the few megabytes of files that the build left, from memory: compressed as they lie there, and still those of the pages that this process makes when the
 * checkout is built anew meanwhile.
 */
export class BuiltFiles {
  /** @type {ReadonlyMap<string, BuiltFile>} */
  #files

  /** @param {string} folder Next's folder of static files, read once. */
  constructor(folder) {
    this.#files = readFiles(folder)
  }

  /**
   * Sends the file that is asked for, and tells whether there is one.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {boolean}
   */
  send(request, response) {
    const { url = '/', method } = request
    if (!url.startsWith(PREFIX)) return false
    const file = this.#files.get(url.slice(PREFIX.length).split('?', 1)[0] ?? '')
    if (!file) return false
    const accepted = new Negotiator(request).encodings([...file.contents.keys()])
    // The strongest that the browser takes; over plain HTTP many take no Brotli.
    const chosen = preferences.find((encoding) => accepted.includes(encoding) && file.contents.has(encoding)) ?? 'identity'
    const content = file.contents.get(chosen) ?? Buffer.alloc(0)
    if (chosen !== 'identity') response.setHeader('Content-Encoding', chosen)
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': content.length,
      'Cache-Control': CACHE,
      Vary: 'Accept-Encoding',
    })
    response.end(method === 'HEAD' ? undefined : content)
    return true
  }
}

/** @param {string} folder */
function readFiles(folder) {
  /** @type {Map<string, BuiltFile>} */
  const files = new Map()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const ending = extname(path)
    const encoding = Object.hasOwn(encodings, ending) ? encodings[/** @type {keyof typeof encodings} */ (ending)] : 'identity'
    const name = encoding === 'identity' ? path : path.slice(0, -ending.length)
    const type = types[extname(name)]
    // What is of no kind that pages ask for is left to Next.
    if (type === undefined) continue
    const key = relative(folder, name).split(sep).map(encodeURIComponent).join('/')
    const file = files.get(key) ?? { type, contents: new Map() }
    file.contents.set(encoding, readFileSync(path))
    files.set(key, file)
  }
  return files
}
