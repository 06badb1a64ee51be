import { createStream } from 'rotating-file-stream'

/** Pause after the log could not be written, in milliseconds. */
const PAUSE = 10_000
/** Lines that wait for the disk, in bytes; what comes on top of them is lost. */
const MOST_WAITING = 1_000_000

/**
 * Opens the log of the lab, which makes room for itself: a file that has grown to `size` is kept under its name and `.1`, the one before it
 * under `.2`, and so on up to `kept`. Runs matter more than the log of them: where it cannot be written it says so once and tries again later.
 * @param {string} path
 * @param {{ size?: string, kept?: number, pause?: number }} [options]
 */
export function openServerLog(path, { size = '10M', kept = 5, pause = PAUSE } = {}) {
  /** @type {import('rotating-file-stream').RotatingFileStream | undefined} */
  let stream
  let isMissed = false
  let opensAt = 0

  const open = () => {
    const opened = createStream(path, { size, rotate: kept })
    opened.on('error', (error) => {
      if (stream === opened) stream = undefined
      opensAt = performance.now() + pause
      if (isMissed) return
      isMissed = true
      process.stderr.write(`The log ${path} cannot be written (${codeOf(error)}); going on without it.\n`)
    })
    // A rotation that fails is told as an error, too.
    opened.on('warning', () => undefined)
    return opened
  }

  return {
    path,
    /** @param {string | Buffer} text */
    write(text) {
      if (!stream && performance.now() < opensAt) return
      stream ??= open()
      if (stream.writableLength > MOST_WAITING) return
      stream.write(text, (error) => {
        if (!error) isMissed = false
      })
    },
    /** Resolves when all that was written is in the file, or cannot be. @returns {Promise<void>} */
    close() {
      const last = stream
      if (!last) return Promise.resolve()
      return new Promise((resolve) => {
        last.once('close', resolve)
        last.end()
      })
    },
  }
}

/** @param {Error} error */
function codeOf(error) {
  return 'code' in error ? error.code : error.message
}
