/** Loaded into a server by `NODE_OPTIONS`: while the file HOURGLASS_TEST_REFUSE is there, the system refuses to start processes, with the error of the number in it. */
import { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

const file = process.env.HOURGLASS_TEST_REFUSE
if (file && /main\.js$/.test(process.argv[1] ?? '')) {
  /** @type {any} */
  const prototype = ChildProcess.prototype
  const { spawn } = prototype
  /** @this {any} @param {unknown} options */
  prototype.spawn = function (options) {
    const number = read(file)
    // What Node gets from libuv, which gets it from fork(2).
    if (number !== undefined) this._handle.spawn = () => number
    return spawn.call(this, options)
  }
}

/** @param {string} path */
function read(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
