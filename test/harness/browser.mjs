import { chromium } from 'playwright-core'
import { requireChromium } from '../../scripts/chromium.mjs'

/**
 * Features that are switched off. Each window would start two pages of Chromium's own for its address bar, which no test uses and which take as long as a page
 * of the lab. Of those that Playwright switches off the ones that concern pages stand here again: Chromium reads the last such list alone.
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${withoutFeatures.join(',')}`,
]

/** Starts the system's Chromium without a window; nothing it does leaves this machine. */
export function startBrowser() {
  return chromium.launch({ executablePath: requireChromium(), headless: true, args })
}
