import { GlossaryPage } from '../../../features/glossary/GlossaryPage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Glossary" />
      <GlossaryPage />
    </>
  )
}
