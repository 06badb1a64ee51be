import type { Metadata } from 'next'
import { RunPage } from '../../../features/run/RunPage'

export const metadata: Metadata = { title: 'Run' }

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return <RunPage key={id} id={decodeURIComponent(id)} />
}
