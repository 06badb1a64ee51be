/** How long whoever has a port may take to answer, in milliseconds. */
const PATIENCE = 3_000

/**
 * @typedef {object} FoundLab
 * @property {string | undefined} dataFolder
 * @property {number | undefined} pid The process that ends the lab when it is asked to.
 * @property {boolean} isStopping
 */

/**
 * Asks whoever answers at an address whether it is a lab, and which; undefined where it is none.
 * @param {string} origin
 * @returns {Promise<FoundLab | undefined>}
 */
export async function findLab(origin) {
  try {
    const response = await fetch(`${origin}/health`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(PATIENCE) })
    const { lab, problems = [] } = await response.json()
    if (lab?.name !== 'hourglass') return undefined
    const isStopping = problems.some((/** @type {{ code: string }} */ { code }) => code === 'LAB_STOPPING')
    return { dataFolder: lab.dataFolder, pid: lab.pid, isStopping }
  } catch {
    return undefined
  }
}

/**
 * Says that a lab already runs at an address, and what to do about it.
 * @param {{ lab: FoundLab, url: string, dataFolder: string, variable: string, port: number }} found `dataFolder`: the one that was to be used.
 */
export function describeFound({ lab, url, dataFolder, variable, port }) {
  const isSame = lab.dataFolder === dataFolder
  const folder =
    lab.dataFolder === undefined ? '' : isSame ? ` with the data folder ${dataFolder}` : ` with another data folder, ${lab.dataFolder}`
  const process = lab.pid === undefined ? '' : ` (process id ${lab.pid})`
  const open = variable === 'PORT' ? 'Open it, or stop it first' : 'Stop it first'
  const other = isSame ? '' : `, or set ${variable} to a free port, for example: ${variable}=${port} npm start`
  return `Hourglass already runs at ${url}${folder}. ${open}${process}${other}.`
}
