import { ReportRoute } from './ReportRoute'

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return <ReportRoute key={id} id={decodeURIComponent(id)} />
}
