import { RunRoute } from './RunRoute'

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return <RunRoute key={id} id={decodeURIComponent(id)} />
}
