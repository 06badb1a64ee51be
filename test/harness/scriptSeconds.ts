import { setTimeout as sleep } from 'node:timers/promises'
import { page } from './labPage.js'

/** For how many seconds of so many milliseconds the page's programs are at work, whatever else the machine does. */
export async function scriptSeconds(milliseconds: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const read = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    const { value } = metrics.find(({ name }) => name === 'ScriptDuration') ?? {}
    if (value === undefined) throw new Error('expected Chromium to tell ScriptDuration')
    return value
  }
  const before = await read()
  await sleep(milliseconds)
  const seconds = (await read()) - before
  await devtools.detach()
  return seconds
}
