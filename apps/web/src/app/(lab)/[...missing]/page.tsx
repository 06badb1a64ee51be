import { notFound } from 'next/navigation'

/** Stands for every address that is no page: the dashboard says so within its frame. */
export default function Page() {
  notFound()
}
