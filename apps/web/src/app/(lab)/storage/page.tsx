import { StoragePage } from '../../../features/storage/StoragePage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Storage" />
      <StoragePage />
    </>
  )
}
