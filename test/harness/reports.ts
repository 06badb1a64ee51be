import type { Locator } from 'playwright-core'
import { launchSizes } from './experiments.js'
import { query } from './lab.mjs'
import { lab, page } from './labPage.js'
import { untilServerSays } from './runs.js'

export const figures = () => page.getByTestId('report-figure')
export const live = () => page.getByTestId('live-figure')
export const titles = () => page.getByRole('heading', { level: 2 }).allInnerTexts()
export const isDrawn = async (of: Locator) => (await of.getAttribute('data-drawn')) === 'true'
/** A live figure is drawn where it is near the window, and may be pushed out of it by those above, which grow as they are drawn. */
export const isDrawnInView = async (of: Locator) => {
  await of.scrollIntoViewIfNeeded()
  return isDrawn(of)
}

/** Puts a figure of the page that is open into a report, by its menu. */
export async function addFigure(
  what: string,
  { report, isLive = false }: { readonly report: string; readonly isLive?: boolean },
): Promise<void> {
  await page.getByRole('button', { name: `Download ${what}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add to a report…' }).click()
  const dialog = page.getByRole('dialog', { name: `Add ${what} to a report` })
  const name = dialog.getByRole('textbox', { name: 'Name of the new report' })
  const isThere = (await reportNames()).includes(report)
  if (isThere) await dialog.getByRole('combobox', { name: 'Report' }).selectOption({ label: report })
  else {
    await dialog.getByRole('combobox', { name: 'Report' }).selectOption({ label: 'A new report' })
    await name.fill(report)
  }
  if (isLive) await dialog.getByRole('radio', { name: /^Live/ }).check()
  await dialog.getByRole('button', { name: 'Add to the report' }).click()
  await dialog.waitFor({ state: 'detached' })
}

export const reportNames = async (): Promise<string[]> =>
  (await query(lab.url, '{ reports { name } }')).reports.map(({ name }: { name: string }) => name)

export async function idOf(report: string): Promise<string> {
  const { reports } = await query(lab.url, '{ reports { id name } }')
  return reports.find(({ name }: { name: string }) => name === report).id
}

export const textsOf = async (id: string): Promise<string[]> =>
  (await query(lab.url, 'query ($id: ID!) { report(id: $id) { blocks { text figure { title } } } }', { id })).report.blocks.map(
    ({ text, figure }: { text: string | null; figure: { title: string } | null }) => text ?? `[${figure?.title}]`,
  )

/** Trains two sizes, and puts their curves, live table and live test errors into a report of a name; returns what it is made of. */
export async function reportOfSizes(report: string): Promise<{ readonly experiment: string; readonly runs: readonly string[] }> {
  const experiment = await launchSizes([8, 2])
  const answer = await query(lab.url, 'query($id: ID!) { experiment(id: $id) { runs { id } } }', { id: experiment })
  const runs: string[] = answer.experiment.runs.map(({ id }: { id: string }) => id)
  for (const id of runs) await untilServerSays(id, 'COMPLETED')
  await page.goto(`${lab.url}/compare?runs=${runs.join(',')}`)
  await page.getByRole('table', { name: 'Comparison' }).waitFor()
  await addFigure('curves', { report })
  await addFigure('table', { report, isLive: true })
  await page.goto(`${lab.url}/experiments/${experiment}`)
  await addFigure('test errors', { report, isLive: true })
  return { experiment, runs }
}
