import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Finds a Chromium to test with; where there is none and Debian's packages can be installed, installs it. Throws with what to do otherwise. */
export function requireChromium() {
  const found = findChromium()
  if (found) return found
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  process.stdout.write('Installing Chromium for the browser tests …\n')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command = 'apt-get', ...rest] = [...sudo, 'apt-get', ...args]
    spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  const installed = findChromium()
  if (installed) return installed
  throw new Error('The browser tests need Chromium. Install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH to one.')
}

/** What a file imports when it runs; what it imports for its types is not there then. */
const IMPORT = /^(?:import|export) (?!type )(?:[^'"=]* from )?'([^']+)'/gm

/**
 * Says whether a test file starts a browser: whether it, or a file that it imports by a path, imports Playwright.
 * @param {string} file
 * @param {Set<string>} [seen]
 * @returns {boolean}
 */
export function startsBrowser(file, seen = new Set()) {
  if (seen.has(file)) return false
  seen.add(file)
  const names = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, name = '']) => name)
  if (names.includes('playwright-core')) return true
  return names.some((name) => {
    const path = name.startsWith('.') && sourceOf(join(dirname(file), name))
    return path && startsBrowser(path, seen)
  })
}

/** TypeScript is imported by the name of what it compiles to, or by one without an extension. @param {string} path */
function sourceOf(path) {
  return [path.replace(/\.js$/, '.ts'), `${path}.ts`, `${path}.tsx`].find((candidate) =>
    statSync(candidate, { throwIfNoEntry: false })?.isFile(),
  )
}

function findChromium() {
  return places.find((place) => place && existsSync(place))
}
