import { chapter } from '@hourglass/chapter'
import { notFound } from 'next/navigation'
import { SectionPage } from '../../../../features/chapter/SectionPage'
import { PageTitle } from '../../../../ui/PageTitle'
import { LabPart } from './LabPart'

export default async function Page({ params }: { readonly params: Promise<{ section: string }> }) {
  const { section: id } = await params
  const section = chapter.find((each) => each.id === id)
  if (!section) notFound()
  const questions = Object.fromEntries(
    section.parts.flatMap((part) => (part.kind === 'experiment' && part.question ? [[part.preset, part.question]] : [])),
  )
  return (
    <>
      <PageTitle of={section.title} />
      <SectionPage section={section} />
      <LabPart questions={questions} />
    </>
  )
}
