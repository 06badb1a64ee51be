'use client'
import { type NearCode, nearestCodes, type StoredCodes } from '@hourglass/autoencoders/latent'
import { useEffect, useState } from 'react'
import { formatCode } from '../../ui/formatQuantity'
import { behindFrame } from './behindFrame'
import { ExampleList } from './ExampleList'
import type { ExplorerStore } from './explorerStore'
import classes from './Neighbours.module.css'
import type { ExampleAccess } from './useExampleAccess'
import { useUsualDistance } from './useUsualDistance'

const SHOWN = 6

interface NeighboursProps {
  readonly store: ExplorerStore
  readonly cloud: StoredCodes
  readonly size: number
  readonly access: ExampleAccess
}

/** Shows the test examples whose codes are nearest to the live code, and says where it is far from all of them. */
export function Neighbours({ store, cloud, size, access }: NeighboursProps) {
  const near = useNearest(store, cloud)
  const usual = useUsualDistance(cloud.codes, size).answer
  const [nearest] = near
  const isFar = nearest !== undefined && usual !== null && nearest.distance > usual
  return (
    <section aria-label="Nearest test examples">
      <h3 className={classes.heading}>Nearest test examples</h3>
      {isFar && (
        <p className={classes.far} role="status" data-testid="far-from-codes">
          Far from every code: the nearest is {formatCode(nearest.distance)} away, 99 of 100 codes have one within {formatCode(usual)}. The
          decoder has seen next to nothing here.
        </p>
      )}
      <ExampleList
        testId="neighbours"
        access={access}
        rows={near.map(({ index, distance }) => ({ row: index, note: `${formatCode(distance)} away` }))}
      />
    </section>
  )
}

/** Looks for the codes nearest to the live one, at most once a frame. */
function useNearest(store: ExplorerStore, { codes, labels }: StoredCodes): readonly NearCode[] {
  const [near, setNear] = useState<readonly NearCode[]>([])
  useEffect(() => {
    if (labels.length === 0) return
    const look = behindFrame(() => setNear(nearestCodes(store.code.values, { codes, wanted: SHOWN })))
    look.request()
    const end = store.code.subscribe(look.request)
    return () => {
      end()
      look.cancel()
    }
  }, [store, codes, labels])
  return near
}
