import { useEffect } from 'react'
import type { RunOrder } from '../../data/generated/graphql'
import type { GroupOfRuns } from './groupsOfRuns'
import { useRuns } from './useRuns'

export interface OpenGroup {
  readonly runs: readonly { readonly id: string }[]
  readonly totalCount: number
  readonly loadMore: () => void
}

interface GroupMembersProps {
  readonly group: GroupOfRuns
  readonly orderBy: RunOrder[] | null
  readonly columns: readonly string[]
  readonly isHeld: boolean
  readonly onRead: (id: string, members: OpenGroup | null) => void
}

/** Reads the runs of an open group for the table, which draws them. */
export function GroupMembers({ group, orderBy, columns, isHeld, onRead }: GroupMembersProps) {
  const { runs, totalCount, loadMore } = useRuns({ filter: group.filter, orderBy, columns, isHeld })
  useEffect(
    () => onRead(group.id, { runs: runs ?? [], totalCount, loadMore: () => void loadMore() }),
    [group.id, runs, totalCount, loadMore, onRead],
  )
  useEffect(() => () => onRead(group.id, null), [group.id, onRead])
  return null
}
