import { chromium } from 'playwright-core'
import { requireChromium } from '../../scripts/chromium.mjs'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the system's Chromium without a window; nothing it does leaves this machine. */
export function startBrowser() {
  return chromium.launch({ executablePath: requireChromium(), headless: true, args })
}
