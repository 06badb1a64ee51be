'use client'
import { Button, Group, NumberInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { labelColour } from '../../ui/labelColours'
import classes from './ClusterPanel.module.css'
import type { ExplorerStore } from './explorerStore'
import neighbours from './Neighbours.module.css'
import { PixelImage } from './PixelImage'
import type { ClusterRequest, FoundClusters } from './useFoundClusters'

const MOST_CLUSTERS = 64

interface ClusterPanelProps {
  readonly store: ExplorerStore
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  /** Examples that are selected. */
  readonly rows: readonly number[]
  readonly found: FoundClusters | null
  readonly isFinding: boolean
  readonly error: Error | null
  readonly onFind: (request: ClusterRequest | null) => void
}

/** Takes a selection as data for k-means, and shows the clusters that it finds: what their centres decode to, and who is in them. */
export function ClusterPanel({ store, model, exampleShape, rows, found, isFinding, error, onFind }: ClusterPanelProps) {
  const [count, setCount] = useState(3)
  const most = Math.min(MOST_CLUSTERS, rows.length)
  const wanted = Math.min(count, most)
  return (
    <section aria-label="Clusters of the selection" data-testid="clusters">
      <Group gap={6} mb={6}>
        <NumberInput
          size="xs"
          w={64}
          aria-label="Number of clusters"
          min={1}
          max={most}
          allowDecimal={false}
          value={wanted}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) setCount(value)
          }}
        />
        <Button
          variant="default"
          size="compact-xs"
          loading={isFinding}
          onClick={() => {
            store.set({ colour: 'cluster' })
            onFind({ rows, count: wanted })
          }}
        >
          As data for k-means
        </Button>
        {found && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onFind(null)}>
            Remove the clusters
          </Button>
        )}
      </Group>
      {error && <p role="alert">No clusters were found: {error.message}</p>}
      {found && (
        <>
          <h3 className={neighbours.heading}>
            {found.clusters.length} clusters of {formatCount(found.request.rows.length)} codes
          </h3>
          <p className={classes.note}>Mean squared distance from their centres {formatLoss(found.distortion)}</p>
          <ol className={classes.list}>
            {found.clusters.map(({ rows: members, centre }, cluster) => (
              <li key={members[0] ?? cluster} className={classes.cluster}>
                <UnstyledButton
                  aria-label={`Go to the centre of cluster ${cluster + 1}`}
                  onClick={({ timeStamp }) => store.go(centre, timeStamp)}
                >
                  <Centre code={centre} model={model} exampleShape={exampleShape} colour={labelColour(cluster)} />
                </UnstyledButton>
                <UnstyledButton className={classes.count} onClick={() => store.set({ selection: members })}>
                  Select its {formatCount(members.length)}
                </UnstyledButton>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

interface CentreProps {
  readonly code: Float32Array
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  readonly colour: string
}

function Centre({ code, model, exampleShape, colour }: CentreProps) {
  const { answer } = useDecoded(model, code, 1)
  return (
    <span className={classes.centre} style={{ borderColor: colour }}>
      {exampleShape.length > 1 && <PixelImage className={classes.image} values={answer} exampleShape={exampleShape} label={null} />}
    </span>
  )
}
