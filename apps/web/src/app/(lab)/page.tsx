import { redirect } from 'next/navigation'
import { isFreshLab } from '../../data/isFreshLab'
import { RunsRoute } from './runs/RunsRoute'

/** Leads to the chapter until somebody launched a run, and is the table of runs afterwards. */
export default async function Page({ searchParams }: { readonly searchParams: Promise<Record<string, unknown>> }) {
  // Who follows a link to a table with filters wants the table.
  const isFiltered = Object.keys(await searchParams).length > 0
  if (!isFiltered && (await isFreshLab())) redirect('/chapter')
  return <RunsRoute />
}
