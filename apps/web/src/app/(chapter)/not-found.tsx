import Link from 'next/link'
import { PageTitle } from '../../ui/PageTitle'

export default function NotFound() {
  return (
    <section>
      <PageTitle of="No such section" />
      <h1>The chapter has no such section</h1>
      <p>
        <Link href="/chapter">All sections</Link>
      </p>
    </section>
  )
}
