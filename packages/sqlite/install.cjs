/** Makes sure that SQLite's driver loads: compiles it where it brings no binary for this Node and this machine, and fails with what to do where it cannot. */
const { spawnSync } = require('node:child_process')
const { dirname } = require('node:path')
const { name, script } = require('./release.cjs')

/** Opens a database in a process of its own, as a broken binary may end it, and gives what went wrong. */
function failureOfLoading() {
  const program = `new (require(${JSON.stringify(__dirname)}))(':memory:').close()`
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' })
  if (status === 0) return undefined
  return stderr.split('\n').find((line) => /Error: /.test(line)) ?? `a process that ended with ${status}`
}

if (failureOfLoading() !== undefined) {
  const folder = dirname(require.resolve(`${name}/package.json`))
  const { status, stdout, stderr } = spawnSync('npm', ['run', script], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.stderr.write(`${stdout}${stderr}\n`)
  const failure = failureOfLoading()
  if (failure !== undefined) {
    process.stderr.write(
      `SQLite's driver: expected it to load in Node ${process.version} on ${process.platform} ${process.arch}, got ${failure.trim()} ` +
        'Compiling it takes Python 3, make and a C++ compiler (on Debian: apt-get install python3 make g++), and the headers of this very Node: ' +
        'where npm is told of others, `npm config delete nodedir`.\n',
    )
    process.exit(1)
  }
}
