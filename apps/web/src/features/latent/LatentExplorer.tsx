'use client'
import { latentDimensionOf } from '@hourglass/autoencoders'
import { Skeleton } from '@mantine/core'
import { useLatentModel } from '../../entities/model/useLatentModel'
import type { LatentExplorerProps } from '../../entities/run/RunSections'
import { useCodes } from '../../entities/run/useCodes'
import { useKept } from '../../files/useKept'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { ExplorerPanel } from './ExplorerPanel'

/** Loads what the latent space of an epoch needs. */
export function LatentExplorer(props: LatentExplorerProps) {
  const { run, epoch } = props
  const { exampleShape } = run.dataset
  const { architecture } = run.config
  const size = latentDimensionOf(architecture, exampleShape)

  const { codes, failed, retry } = useCodes(run.id, epoch)
  const snapshot = useKept(codes)
  const url = run.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.url
  const { model, error } = useLatentModel(url ? { architecture, exampleShape, url } : null)
  if (snapshot && snapshot.dimensions.length === size) {
    return <ExplorerPanel {...props} snapshot={snapshot} model={model} error={error} />
  }
  return (
    <PageSection id="run-latent" title="Latent space">
      {snapshot ? (
        <p role="alert">
          The codes that are kept of epoch {snapshot.epoch} have {snapshot.dimensions.length} dimensions; this architecture’s have {size}.
        </p>
      ) : failed ? (
        <Unread what="The codes" onRetry={retry} />
      ) : (
        <Skeleton height={300} />
      )}
    </PageSection>
  )
}
