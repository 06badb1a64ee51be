import type { RankingFieldsFragment } from '../../data/generated/graphql'
import { differing } from './groupsOfRuns'
import type { RunColumn } from './RunColumn'

interface RankingNoteProps {
  readonly ranking: RankingFieldsFragment | null
  /** That is sorted by; undefined where it is not shown. */
  readonly column: RunColumn | undefined
}

/** Says so where rows are sorted by a number that ranks only some of them. */
export function RankingNote({ ranking, column }: RankingNoteProps) {
  if (!ranking || ranking.isComparable) return null
  const title = column ? titleOf(column) : ranking.key
  return (
    <>
      Sorted by {title}: r{differing(ranking).slice(1)} are listed, whose values cannot be ranked against each other.
    </>
  )
}

/** A loss stands below what it is a loss of, as a unit does. */
const titleOf = ({ title, unit }: RunColumn) => (unit === 'loss' ? `${title} loss`.toLowerCase() : title)
