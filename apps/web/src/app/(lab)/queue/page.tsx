import { QueuePage } from '../../../features/queue/QueuePage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Queue" />
      <QueuePage />
    </>
  )
}
