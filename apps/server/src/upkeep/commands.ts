import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sweepUnfinished } from '../artifacts/sweepUnfinished.js'
import { requireRestored } from '../database/unfinishedRestore.js'
import { log } from '../log.js'
import { readSettings } from '../Settings.js'
import { StartupError } from '../StartupError.js'
import { applyRetention } from './applyRetention.js'
import { backUp } from './backUp.js'
import { cacheFolders } from './checkCachedFiles.js'
import { checkDataFolder } from './checkDataFolder.js'
import { counted } from './counted.js'
import { describeReport, isSound } from './describeReport.js'
import { requireOutside } from './requireOutside.js'
import { restoreBackup } from './restoreBackup.js'
import { UpkeepError } from './UpkeepError.js'

/** Unfinished files of that age, in milliseconds, are written by nobody any more. */
const ABANDONED = 10 * 60_000

const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)
const dataFolderOf = (given?: string) => resolve(given ?? (process.env.HOURGLASS_DATA?.trim() || 'data'))

/** `check [FOLDER] [--sweep]`; returns the exit code: 0 where nothing is lost. */
export const check = (args: readonly string[]) =>
  command(async () => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { sweep: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const folder = dataFolderOf(positionals[0])
    await requireRestored(folder)
    if (values.sweep) {
      const before = new Date(Date.now() - ABANDONED)
      const swept = await sweepUnfinished({ folders: ['runs', ...cacheFolders].map((name) => join(folder, name)), before })
      print([`Removed ${counted(swept.length, 'unfinished file')}.`])
    }
    const report = await checkDataFolder(folder)
    print([`${folder}`, ...describeReport(report)])
    return isSound(report) ? 0 : 1
  })

/** `backup [FOLDER] [--link]`, by default into a folder of the moment in HOURGLASS_BACKUP_FOLDER, or beside the data folder; returns the exit code: 0 where nothing is lost in the copy. */
export const backup = (args: readonly string[]) =>
  command(async () => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { link: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const dataFolder = dataFolderOf()
    const moment = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    const folder = process.env.HOURGLASS_BACKUP_FOLDER?.trim() || `${dataFolder}-backups`
    const target = resolve(positionals[0] ?? join(folder, moment))
    await requireOutside(target, dataFolder)
    const report = await backUp({ dataFolder, target, linked: values.link })
    print([...describeReport(report), `Backup of ${dataFolder} in ${target}. npm run restore -- ${target} brings it back.`])
    return isSound(report) ? 0 : 1
  })

/** `restore BACKUP [FOLDER] [--replace]`; returns the exit code: 0 where nothing is lost in what was restored. */
export const restore = (args: readonly string[]) =>
  command(async () => {
    const options = { replace: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [from, to] = positionals
    if (from === undefined)
      throw new UpkeepError('restore: expected the folder of a backup, got none. npm run restore -- BACKUP [FOLDER] [--replace]')
    const dataFolder = dataFolderOf(to)
    const { report, aside } = await restoreBackup({ backup: resolve(from), dataFolder, replace: values.replace })
    print([...describeReport(report), ...(aside === null ? [] : [`What was there is kept in ${aside}.`]), `Restored to ${dataFolder}.`])
    return isSound(report) ? 0 : 1
  })

/** `retention [FOLDER] [--apply]`; returns the exit code. */
export const retention = (args: readonly string[]) =>
  command(async () => {
    const options = { apply: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const dataFolder = dataFolderOf(positionals[0])
    if (!(await stat(join(dataFolder, 'hourglass.db')).catch(() => null)))
      throw new UpkeepError(
        `${dataFolder}: expected a data folder with a hourglass.db, got none. Name the folder, or set HOURGLASS_DATA to it.`,
      )
    const { retentionBytes: bytes, retentionEpochs: epochs } = readSettings(process.env)
    const { apply: applies } = values
    const sum = await applyRetention({ dataFolder, retention: { bytes, epochs }, applies, log: log.child({}, { level: 'warn' }) })
    const what = `models of ${counted(sum.epochs, 'epoch')} of ${counted(sum.runs, 'run')} (${(sum.bytes / 1e6).toFixed(1)} MB)`
    if (sum.runs === 0) print([`${dataFolder}: no run that has ended keeps models of more epochs than the settings say.`])
    else if (applies) print([`${dataFolder}: removed ${what}.`])
    else print([`${dataFolder}: retention would remove ${what}. Nothing was changed; add --apply to remove them.`])
    return 0
  })

/** Prints what a person can mend as one sentence. */
async function command(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const isWrongArgument = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!(error instanceof UpkeepError || error instanceof StartupError || isWrongArgument)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}
