import { ChapterPage } from '../../../features/chapter/ChapterPage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Chapter" />
      <ChapterPage />
    </>
  )
}
