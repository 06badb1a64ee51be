import sirv from 'sirv'

/** Where Next asks for what its build left. */
const PREFIX = '/_next/static'
const YEAR_SECONDS = 31_536_000

/**
 * Serves the files that the build left, as they lie there compressed with Brotli beside themselves where a browser takes that. Each has a name of its own contents:
 * a browser asks for it once.
 */
export class BuiltFiles {
  #serve

  /** @param {string} folder with the files, listed once */
  constructor(folder) {
    this.#serve = sirv(folder, { brotli: true, immutable: true, maxAge: YEAR_SECONDS })
  }

  /**
   * Sends the file that is asked for, and tells whether there is one.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {boolean}
   */
  send(request, response) {
    const { url = '/' } = request
    if (!url.startsWith(`${PREFIX}/`)) return false
    let isThere = true
    request.url = url.slice(PREFIX.length)
    this.#serve(request, response, () => {
      isThere = false
    })
    request.url = url
    return isThere
  }
}
