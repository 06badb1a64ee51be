import { useEffect } from 'react'
import type { ApiError } from '../../data/apiError'
import type { RunOrder } from '../../data/generated/graphql'
import type { GroupOfRuns } from './groupsOfRuns'
import { useRuns } from './useRuns'

export interface OpenGroup {
  readonly runs: readonly { readonly id: string }[]
  readonly totalCount: number
  readonly loadMore: () => void
  /** Why they, or others of them, could not be read. */
  readonly error: ApiError | undefined
}

interface GroupMembersProps {
  readonly group: GroupOfRuns
  readonly orderBy: RunOrder[] | null
  readonly columns: readonly string[]
  /** Counts how often groups were read. */
  readonly readings: number
  readonly onRead: (id: string, members: OpenGroup | null) => void
}

/** Reads the runs of an open group for the table, which draws them. */
export function GroupMembers({ group, orderBy, columns, readings, onRead }: GroupMembersProps) {
  const { runs, totalCount, loadMore, error } = useRuns({ filter: group.filter, orderBy, columns, isHeld: false, readings })
  useEffect(
    () => onRead(group.id, { runs: runs ?? [], totalCount, loadMore: () => void loadMore(), error }),
    [group.id, runs, totalCount, loadMore, error, onRead],
  )
  useEffect(() => () => onRead(group.id, null), [group.id, onRead])
  return null
}
