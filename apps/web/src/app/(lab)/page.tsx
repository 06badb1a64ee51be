import { redirect } from 'next/navigation'
import { isFreshLab } from '../../data/isFreshLab'

/** Opens the chapter until somebody launched a run, and the table of runs afterwards, with what the address says of it. */
export default async function Page({ searchParams }: { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(await searchParams)) for (const each of [value ?? []].flat()) query.append(name, each)
  // Who follows a link to a table with filters wants the table.
  if (query.size === 0 && (await isFreshLab())) redirect('/chapter')
  redirect(query.size === 0 ? '/runs' : `/runs?${query}`)
}
