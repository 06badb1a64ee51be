import { expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { idOf, isDrawnInView, live, reportOfSizes } from './harness/reports.js'
import { scriptSeconds } from './harness/scriptSeconds.js'

useLabPage()

it('a page does nothing while nothing happens', async () => {
  const { experiment, runs } = await reportOfSizes('At rest')
  const report = `/reports/${await idOf('At rest')}`

  const paths = ['/runs', `/runs/${runs[0]}`, `/runs/${runs[0]}?tab=latent`, `/compare?runs=${runs.join(',')}`]
  for (const path of [
    ...paths,
    `/experiments/${experiment}`,
    '/experiments',
    '/queue',
    '/storage',
    '/chapter',
    '/new',
    '/reports',
    report,
  ]) {
    await page.goto(`${lab.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    if (path === report) for (const index of [0, 1]) await expect.poll(() => isDrawnInView(live().nth(index))).toBe(true)
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
    // What it does until it is all there is over some time.
    await expect.poll(() => scriptSeconds(1_500), { message: path }).toBeLessThan(0.15)
  }
})
