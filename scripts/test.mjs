/** Brings everything up to date, then checks style and types and runs every test; the last line counts them. */
import './requireNode.mjs'

const { execFileSync, spawnSync } = await import('node:child_process')
const { mkdtempSync, readFileSync, rmSync } = await import('node:fs')
const { tmpdir } = await import('node:os')
const { join } = await import('node:path')
const { prepare, root } = await import('./steps.mjs')
const { lint } = await import('./lint.mjs')
const { checkTypes } = await import('./checkTypes.mjs')
const { requireChromium, startsBrowser } = await import('./chromium.mjs')

const report = join(mkdtempSync(join(tmpdir(), 'hourglass-test-')), 'report.json')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const selection = process.argv.slice(2)
try {
  await prepare()
  await Promise.all([lint(), checkTypes()])
  // Installed before the tests, which run side by side.
  if (selectedFiles().some((file) => startsBrowser(file))) process.env.CHROMIUM_PATH = requireChromium()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...selection]
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
rmSync(join(report, '..'), { recursive: true })
// A file that cannot even be loaded counts no test of its own.
const failed = numFailedTests === 0 && (numFailedTestSuites > 0 || status !== 0) ? Math.max(1, numFailedTestSuites) : numFailedTests
process.stdout.write(`${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}\n`)
process.exit(failed > 0 ? 1 : (status ?? 1))

/** Lists the test files that vitest selects by the same arguments; by their paths alone, so none of them runs. */
function selectedFiles() {
  const listed = execFileSync(process.execPath, [vitest, 'list', ...selection, '--filesOnly', '--json'], { cwd: root, encoding: 'utf8' })
  return JSON.parse(listed).map(({ file }) => file)
}
