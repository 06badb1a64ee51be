import type { FolderReport, LackingRun, LostFile } from './checkDataFolder.js'
import { counted } from './counted.js'

/** What a run lacks without files of a type. */
const losses: Readonly<Record<string, string>> = {
  originals: 'the test images that its page shows are lost',
  corrupted: 'what it sees of the test images is lost',
  reconstructions: 'these epochs show no reconstructions',
  checkpoint: 'models of these epochs are lost',
  codes: 'these epochs show no codes',
  resume: 'it goes on from an earlier state, or begins anew',
  figure: 'figures of its analysis are lost; measuring it again makes them anew',
}

/** Files of one kind that are named one by one. */
const NAMED = 5

/** Whether nothing is lost: what nobody lists, what is left over and what is made anew harms no run. */
export function isSound({ database, runs }: FolderReport): boolean {
  return database.length === 0 && runs.length === 0
}

/** Tells in lines what a check has found. */
export function describeReport(report: FolderReport): string[] {
  const { database, runs, unlisted, leftovers, remade, checked } = report
  const lines = database.map((problem) => `hourglass.db: ${problem}`)
  for (const run of runs) {
    const { number, id, name, lost } = run
    lines.push(`Run ${number} "${name}" (${id}):`)
    for (const [type, files] of groupByType(lost)) {
      lines.push(...files.slice(0, NAMED).map((file) => `  ${file.name} ${file.problem}`))
      if (files.length > NAMED) lines.push(`  and ${files.length - NAMED} more`)
      lines.push(`  → ${losses[type] ?? 'these files are lost'}`)
    }
    lines.push(...wayBack(run))
  }
  lines.push(...unlisted.map((path) => `${path}: no run lists it`))
  lines.push(...remade.map(({ path, problem }) => `${path}: ${problem}; it is not used, and made anew where it is needed`))
  lines.push(...leftovers.map((path) => `${path}: left over by a process that was ended`))
  const megabytes = (checked.bytes / 1e6).toFixed(1)
  const unhashed = checked.withoutHash > 0 ? ` (${checked.withoutHash} of earlier versions by size alone)` : ''
  lines.push(`Checked ${counted(checked.runs, 'run')} with ${counted(checked.files, 'file')} of ${megabytes} MB${unhashed}.`)
  lines.push(isSound(report) ? 'Nothing is lost.' : summaryOf(report))
  return lines
}

/** What a run computes after each epoch, to the last bit the same whenever it trains that on one machine. */
const ofEpochs: readonly string[] = ['checkpoint', 'reconstructions', 'codes']

/** Says how what epochs left can be had again. */
function wayBack({ lost, hasState }: LackingRun): readonly string[] {
  if (!lost.some(({ type }) => ofEpochs.includes(type))) return []
  const how = hasState
    ? 'launch its configuration again on the machine that trained it, and the new run has the same models'
    : 'resume it, or give it more epochs: with its training states lost it trains its epochs again, and what they left comes back where it comes out the same'
  return [`  → to have what epochs left again: ${how}`]
}

function summaryOf({ database, runs }: FolderReport): string {
  const lacking = `${counted(runs.length, 'run')} ${runs.length === 1 ? 'lacks' : 'lack'} files.`
  return [...(database.length > 0 ? ['The database is not as it should be.'] : []), ...(runs.length > 0 ? [lacking] : [])].join(' ')
}

function groupByType(lost: readonly LostFile[]): Map<string, LostFile[]> {
  const groups = new Map<string, LostFile[]>()
  for (const file of lost) groups.set(file.type, [...(groups.get(file.type) ?? []), file])
  return groups
}
