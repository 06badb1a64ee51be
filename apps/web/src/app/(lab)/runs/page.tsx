import { RunsRoute } from './RunsRoute'

export default function Page() {
  return <RunsRoute />
}
