import type { Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { lab, page, useLabPage } from './harness/labPage.js'
import { launchRun, untilServerSays } from './harness/runs.js'

useLabPage()

interface Request {
  readonly operationName?: string
  readonly variables?: { readonly after?: string | null; readonly filter?: unknown }
}

const refuse = (route: Route) =>
  route.fulfill({ json: { data: null, errors: [{ message: 'The rows were not read.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } })
const alert = () => page.locator('[role="alert"]').filter({ hasText: 'The rows were not read.' })

/** Has the server refuse some requests of the page, once that is asked for. */
async function refuseSome(isRefused: (request: Request) => boolean): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const request = route.request().postDataJSON() as Request | null
    if (request && isRefused(request)) await refuse(route)
    else await route.fallback()
  })
}

it('a table in groups says what it could not read: the runs of a group that is open, or more groups', async () => {
  const id = await launchRun({ name: 'Grouped', epochs: 1, trainCount: 200 })
  await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/runs?group=status`)
  const table = page.getByTestId('runs-table')
  await table.getByRole('row').filter({ hasText: 'Status' }).nth(1).waitFor()
  await refuseSome(({ operationName, variables }) => operationName === 'Runs' && !!variables?.filter)
  await table.locator('tbody').getByRole('button', { expanded: false }).first().click()
  await alert().waitFor()
  await expect.poll(() => alert().innerText()).toBe('What is shown may be out of date. The rows were not read.')
  await page.unrouteAll({ behavior: 'wait' })

  // An answer that says that there is more, of which the next page is refused.
  await page.route('**/graphql', async (route) => {
    const request = route.request().postDataJSON() as Request | null
    if (request?.operationName !== 'RunGroups') return route.fallback()
    if (request.variables?.after) return refuse(route)
    const response = await route.fetch()
    const answer = await response.json()
    answer.data.runGroups.totalCount = 2
    Object.assign(answer.data.runGroups.pageInfo, { hasNextPage: true, endCursor: 'more' })
    return route.fulfill({ response, json: answer })
  })
  await page.goto(`${lab.url}/runs?group=dataset`)
  await alert().waitFor()
  await expect.poll(() => table.locator('tbody').getByRole('button', { expanded: false }).count()).toBe(1)
})
