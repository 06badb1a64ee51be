import { ExperimentsPage } from '../../../features/experiment/ExperimentsPage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Experiments" />
      <ExperimentsPage />
    </>
  )
}
