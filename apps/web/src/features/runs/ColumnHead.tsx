import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { TermLink } from '../../ui/TermLink'
import { LEAST_WIDTH, MOST_WIDTH, type PlacedColumn } from './layoutColumns'
import { ResizeHandle } from './ResizeHandle'
import classes from './RunsTable.module.css'
import type { SortTerm } from './sortTerms'

export interface ColumnHeadProps {
  readonly placed: PlacedColumn
  /** Place of the column in the table. */
  readonly place: number
  readonly sort: readonly SortTerm[]
  /** Null where the table cannot be sorted by the column now. */
  readonly onSort: ((clicked: SortTerm, isAdded: boolean) => void) | null
  readonly onDrawWidth: (place: number, width: number) => void
  readonly onWidth: (id: string, width: number | null) => void
}

/** Heads a column: sorts by it, with Shift by it too, and makes it wider or narrower. */
export function ColumnHead({ placed, place, sort, onSort, onDrawWidth, onWidth }: ColumnHeadProps) {
  const { column, width, left } = placed
  const rank = onSort ? sort.findIndex(({ key }) => key === column.id) : -1
  const term = sort[rank]
  const { unit, term: glossary } = column
  const title = <span className={classes.title}>{column.title}</span>
  const below = unit ? <span className={classes.unit}>{unit}</span> : null
  const Arrow = term?.descending ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      data-align={column.align}
      data-pinned={left === null ? undefined : true}
      style={left === null ? undefined : { left: `var(--left-${place})` }}
      title={column.hint}
      aria-sort={term && rank === 0 ? (term.descending ? 'descending' : 'ascending') : undefined}
    >
      {onSort && column.sortsFirst ? (
        <>
          <button
            type="button"
            className={classes.sort}
            data-sorted={term ? true : undefined}
            onClick={(event) => onSort({ key: column.id, descending: column.sortsFirst === 'DESC' }, event.shiftKey)}
          >
            {title}
            {term ? <Arrow size={12} className={classes.arrow ?? ''} aria-hidden /> : null}
            {term && sort.length > 1 ? <span className={classes.rank}>{rank + 1}</span> : null}
          </button>
          {/* The heading orders the rows; what stands below it leads to the glossary. */}
          {glossary && below ? <TermLink term={glossary}>{below}</TermLink> : below}
        </>
      ) : (
        <>
          {glossary ? <TermLink term={glossary}>{title}</TermLink> : title}
          {below}
        </>
      )}
      <ResizeHandle
        label={`Width of ${column.title}`}
        width={width}
        least={LEAST_WIDTH}
        most={MOST_WIDTH}
        onDraw={(drawn) => onDrawWidth(place, drawn)}
        onChange={(chosen) => onWidth(column.id, chosen)}
      />
    </th>
  )
}
