import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const EVERY = 500

/**
 * Calls back when the npm that this process was started by is gone. Asked to end, npm ends the shell that it ran this in; killed, it leaves
 * the shell waiting. Neither tells this process.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  const shell = process.ppid
  const above = parentOf(shell)
  // Some shells become the command that they were asked to run: then the parent is npm, and what is above it nobody's business here.
  const npm = above && !isNpm(shell) && isNpm(above) ? above : undefined
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || (isAlive(npm) && stillBelow(shell, npm)))) return
    clearInterval(timer)
    onGone()
  }, EVERY)
  timer.unref()
}

/** @param {number} pid */
function isNpm(pid) {
  return /npm|node/.test(nameOf(pid) ?? '')
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Where the system tells cheaply, whether a process is still the child of another: one that was killed may be kept as a name without a process. */
function stillBelow(/** @type {number} */ pid, /** @type {number} */ parent) {
  const found = readStat(pid)
  return found === undefined || found.parent === parent
}

/** @param {number} pid @returns {number | undefined} */
function parentOf(pid) {
  return readStat(pid)?.parent ?? (Number(ask(pid, 'ppid')) || undefined)
}

/** @param {number} pid @returns {string | undefined} */
function nameOf(pid) {
  return readStat(pid)?.name ?? ask(pid, 'comm')
}

/** Linux tells a process's name and parent in a file. @param {number} pid */
function readStat(pid) {
  try {
    const [, name = '', parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { name, parent: Number(parent) }
  } catch {
    return undefined
  }
}

/** @param {number} pid @param {string} column */
function ask(pid, column) {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
