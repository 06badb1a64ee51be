import { expect, it } from 'vitest'
import { launchSizes } from './harness/experiments.js'
import { query } from './harness/lab.mjs'
import { lab, page, useLabPage } from './harness/labPage.js'
import { addFigure, idOf, isDrawnInView, live } from './harness/reports.js'
import { untilServerSays } from './harness/runs.js'
import { scriptSeconds } from './harness/scriptSeconds.js'

useLabPage()

it('a page does nothing while nothing happens', async () => {
  const experiment = await launchSizes([8, 2])
  const { runs } = (await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id: experiment })).experiment
  const ids: string[] = runs.map(({ id }: { id: string }) => id)
  for (const id of ids) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/compare?runs=${ids.join(',')}`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  await addFigure('curves', { report: 'At rest' })
  await addFigure('table', { report: 'At rest', isLive: true })
  await page.goto(`${lab.url}/experiments/${experiment}`)
  await addFigure('test errors', { report: 'At rest', isLive: true })
  const report = `/reports/${await idOf('At rest')}`

  const paths = ['/runs', `/runs/${ids[0]}`, `/runs/${ids[0]}?tab=latent`, `/compare?runs=${ids.join(',')}`]
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
