import { chapter } from '@hourglass/chapter'
import { notFound, redirect } from 'next/navigation'

/** Leads to the place in the text where an experiment is. */
export default async function Page({ params }: { readonly params: Promise<{ preset: string }> }) {
  const { preset } = await params
  const section = chapter.find(({ parts }) => parts.some((part) => part.kind === 'experiment' && part.preset === preset))
  if (!section) notFound()
  redirect(`/chapter/${section.id}#${preset}`)
}
