import type { Browser } from 'playwright-core'
import { startBrowser } from './browser.mjs'
import { query, startLab } from './lab.mjs'
import { leaveOpen } from './labFolder.mjs'

export type Lab = Awaited<ReturnType<typeof startLab>>

/** By their environments. */
const labs = new Map<string, Lab>()
let browser: Browser | undefined

/** Gives the lab of an environment that files of this process share, one after another. It is empty, and whoever uses it leaves it so. */
export async function sharedLab(environment: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const key = JSON.stringify(environment)
  const there = labs.get(key)
  if (there) return there
  const lab = await startLab({ env: environment })
  const forget = leaveOpen({ pid: lab.pid ?? 0, data: lab.data })
  void lab.exited.then(() => {
    labs.delete(key)
    forget()
  })
  labs.set(key, lab)
  return lab
}

/** Gives the browser that files of this process share. It ends with the process; whoever opens a page in it closes that page. */
export async function sharedBrowser(): Promise<Browser> {
  if (!browser?.isConnected()) browser = await startBrowser()
  return browser
}

/** Deletes everything from a lab for good, also what lies in the trash, and has its queue go on. */
export async function emptyLab({ url }: Pick<Lab, 'url'>): Promise<void> {
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id)
  const { experiments, trashed, savedViews, lab } = await query(
    url,
    '{ experiments(first: 100) { nodes { id } } trashed: experiments(first: 100, inTrash: true) { nodes { id } } savedViews { id } lab { queuePaused } }',
  )
  const ofExperiments = [...idsOf(experiments), ...idsOf(trashed)]
  if (ofExperiments.length > 0) await query(url, 'mutation($ids: [ID!]!) { purgeExperiments(ids: $ids) }', { ids: ofExperiments })
  for (;;) {
    const { runs } = await query(url, '{ runs(first: 100, filter: { text: "is deleted or not is deleted" }) { nodes { id } } }')
    if (runs.nodes.length === 0) break
    await query(url, 'mutation($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { count } }', { ids: idsOf(runs) })
  }
  const { kept, thrown } = await query(url, '{ kept: reports { id } thrown: reports(inTrash: true) { id } }')
  const reports = [...kept, ...thrown].map(({ id }: { id: string }) => id)
  if (reports.length > 0) await query(url, 'mutation($ids: [ID!]!) { purgeReports(ids: $ids) }', { ids: reports })
  if (lab.queuePaused) await query(url, 'mutation { resumeQueue { queuePaused } }')
  for (const { id } of savedViews) await query(url, 'mutation($id: ID!) { deleteView(id: $id) { id } }', { id })
}
