import { useQuery } from '@apollo/client/react'
import { type CheckpointFieldsFragment, type CodeSnapshotFieldsFragment, EpochModelDocument } from '../../data/generated/graphql'

export interface EpochModelFiles {
  readonly checkpoint: CheckpointFieldsFragment | null
  readonly codes: CodeSnapshotFieldsFragment | null
  readonly failed: boolean
  readonly retry: () => void
}

/** Reads where a run's model and codes after an epoch are; null asks for nothing. Keeps the previous epoch's until the new ones are there. */
export function useEpochModel(id: string, epoch: number | null): EpochModelFiles {
  const { data, previousData, error, refetch } = useQuery(EpochModelDocument, {
    variables: { id, epoch: epoch ?? 0 },
    skip: epoch === null,
  })
  const run = (data ?? previousData)?.run
  const codes = (run?.codes ?? null) as CodeSnapshotFieldsFragment | null
  const checkpoints = (run?.checkpoints ?? []) as readonly CheckpointFieldsFragment[]
  return {
    codes,
    checkpoint: checkpoints.find((checkpoint) => checkpoint.epoch === codes?.epoch) ?? null,
    failed: error !== undefined,
    retry: () => void refetch(),
  }
}
