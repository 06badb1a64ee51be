import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import type { Verdicts } from './useVerdicts'
import { VerdictList } from './VerdictList'

/** Says what became of each expectation of one of the chapter's experiments; nothing of other experiments. */
export function VerdictsSection({ verdicts, failed, retry }: Verdicts) {
  if (failed) return <Unread what="What became of the expectations" onRetry={retry} />
  if (!verdicts || verdicts.length === 0) return null
  return (
    <PageSection id="experiment-verdicts" title="Expected and found" note="Worked out of the runs below">
      <VerdictList verdicts={verdicts} />
    </PageSection>
  )
}
