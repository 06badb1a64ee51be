import type { OpenGroup } from './GroupMembers'
import type { GroupOfRuns } from './groupsOfRuns'

interface Item {
  /** No other row of the table has it. */
  readonly key: string
}

export interface RunItem extends Item {
  readonly kind: 'run'
  readonly id: string
  /** Whether it stands in a group. */
  readonly isInside: boolean
}

export interface GroupItem extends Item {
  readonly kind: 'group'
  readonly group: GroupOfRuns
  readonly isOpen: boolean
}

/** Stands for runs of an open group that are not read yet. */
export interface RestItem extends Item {
  readonly kind: 'rest'
  readonly shown: number
  readonly total: number
  readonly onMore: () => void
}

export type TableItem = RunItem | GroupItem | RestItem

/** Lists runs as rows. */
export function runItems(runs: readonly { readonly id: string }[]): readonly TableItem[] {
  return runs.map(({ id }) => ({ kind: 'run', id, key: id, isInside: false }))
}

/** Lists groups as rows, each with its runs below it as far as they are open and read. A run may stand in several groups. */
export function groupItems(groups: readonly GroupOfRuns[], open: ReadonlyMap<string, OpenGroup>): readonly TableItem[] {
  return groups.flatMap((group): readonly TableItem[] => {
    const opened = open.get(group.id)
    const head: GroupItem = { kind: 'group', key: group.id, group, isOpen: opened !== undefined }
    if (!opened) return [head]
    const inside = opened.runs.map(({ id }): RunItem => ({ kind: 'run', id, key: `${group.id} ${id}`, isInside: true }))
    const rest: RestItem = {
      kind: 'rest',
      key: `${group.id} rest`,
      shown: inside.length,
      total: opened.totalCount,
      onMore: opened.loadMore,
    }
    return [head, ...inside, ...(inside.length > 0 && inside.length < opened.totalCount ? [rest] : [])]
  })
}
