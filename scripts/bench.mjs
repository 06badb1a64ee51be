/** Measures the figures that Hourglass promises. `npm run bench -- [name …] [--json]`; without names, all of test/bench. */
import './requireNode.mjs'

const { readdirSync } = await import('node:fs')
const { join } = await import('node:path')
const { pathToFileURL } = await import('node:url')
const { prepare, root } = await import('./steps.mjs')

const json = process.argv.includes('--json')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const folder = join(root, 'test/bench')
const available = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''))
const unknown = wanted.filter((name) => !available.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are ${available.join(', ')}.\n`)
  process.exit(1)
}

await prepare()
const rows = []
for (const name of wanted.length > 0 ? wanted : available) {
  if (!json) process.stdout.write(`${name} …\n`)
  const { measure } = await import(pathToFileURL(join(folder, `${name}.bench.mjs`)).href)
  rows.push(...(await measure()).map((row) => ({ benchmark: name, ...row })))
}
if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
else printTable(rows)

function printTable(table) {
  const cells = [
    ['figure', 'measured', 'target', '', 'peer', 'ratio'],
    ...table.map((row) => [
      row.figure,
      `${round(row.value)} ${row.unit}`,
      row.target ?? '',
      row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
      row.peer ?? '',
      row.ratio === undefined ? '' : `${round(row.ratio)}`,
    ]),
  ]
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  for (const row of cells)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`,
    )
}

function round(value) {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}
