import { ReportsPage } from '../../../features/reports/ReportsPage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Reports" />
      <ReportsPage />
    </>
  )
}
