import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import Link from 'next/link'
import { Fragment, useMemo } from 'react'
import { LineSwatch } from '../../ui/LineSwatch'
import { TermLink } from '../../ui/TermLink'
import { TermTitle } from '../../ui/TermTitle'
import classes from './ComparisonTable.module.css'
import type { ComparisonCell, ComparisonPart, ComparisonRow } from './comparisonRows'
import type { RunGroup } from './runGroups'

export interface ComparisonTableProps {
  readonly groups: readonly RunGroup[]
  readonly parts: readonly ComparisonPart[]
  /** The group that others are set against, by its key. */
  readonly baseline: string | null
  /** Whether each run is a row, as is plainer for many, and not a column. */
  readonly isTransposed: boolean
  /** The row of values that groups are sorted by, by its id. */
  readonly sort: { readonly id: string; readonly descending: boolean } | null
  readonly onSort: (sort: ComparisonTableProps['sort']) => void
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
  readonly onRemove: (ids: readonly string[]) => void
}

/** Puts runs, or groups of them, side by side: settings before results, the best value of each row marked. */
export function ComparisonTable(props: ComparisonTableProps) {
  const { groups, parts, sort } = props
  const order = useMemo(() => sortGroups(groups, { parts, sort }), [groups, parts, sort])
  return (
    <div className={classes.scroll}>
      {props.isTransposed ? <GroupsAsRows {...props} order={order} /> : <GroupsAsColumns {...props} order={order} />}
    </div>
  )
}

interface OrderedProps extends ComparisonTableProps {
  /** Places of groups. */
  readonly order: readonly number[]
}

function GroupsAsColumns({ groups, parts, order, ...props }: OrderedProps) {
  return (
    <table className={classes.table} aria-label="Comparison">
      <thead>
        <tr>
          <th scope="col">
            <span className={classes.corner}>
              <TermLink term="run">Run</TermLink>
            </span>
          </th>
          {order.map((index) => {
            const group = groups[index]
            return group ? (
              <th key={group.key} scope="col" {...pointing(group.key, props)}>
                <GroupName group={group} {...props} />
              </th>
            ) : null
          })}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ id, title, rows }) => (
          <Fragment key={id}>
            <tr className={classes.group}>
              <th scope="rowgroup" colSpan={groups.length + 1}>
                {title}
              </th>
            </tr>
            {rows.map((row) => (
              <tr key={row.id} data-row={row.id}>
                <th scope="row">
                  <Sortable row={row} {...props} />
                </th>
                {order.map((index) => (
                  <td key={groups[index]?.key} {...pointing(groups[index]?.key, props)}>
                    <Value cell={row.cells[index]} />
                  </td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function GroupsAsRows({ groups, parts, order, ...props }: OrderedProps) {
  const rows = parts.flatMap((part) => part.rows)
  return (
    <table className={classes.table} data-transposed aria-label="Comparison">
      <thead>
        <tr className={classes.group}>
          <td />
          {parts
            .filter((part) => part.rows.length > 0)
            .map((part) => (
              <th key={part.id} scope="colgroup" colSpan={part.rows.length}>
                {part.title}
              </th>
            ))}
        </tr>
        <tr>
          <th scope="col">
            <span className={classes.corner}>
              <TermLink term="run">Run</TermLink>
            </span>
          </th>
          {rows.map((row) => (
            <th key={row.id} scope="col" aria-sort={sortOf(row.id, props.sort)}>
              <Sortable row={row} {...props} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {order.map((index) => {
          const group = groups[index]
          return group ? (
            <tr key={group.key} {...pointing(group.key, props)}>
              <th scope="row">
                <GroupName group={group} {...props} />
              </th>
              {rows.map((row) => (
                <td key={row.id} data-row={row.id}>
                  <Value cell={row.cells[index]} />
                </td>
              ))}
            </tr>
          ) : null
        })}
      </tbody>
    </table>
  )
}

/** Makes a group out everywhere on the page while the pointer is over it. */
function pointing(key: string | undefined, { highlighted, onHighlight }: Pick<ComparisonTableProps, 'highlighted' | 'onHighlight'>) {
  return {
    'data-highlighted': (key !== undefined && key === highlighted) || undefined,
    onPointerEnter: () => onHighlight(key ?? null),
    onPointerLeave: () => onHighlight(null),
  }
}

function GroupName({ group, baseline, onRemove }: { readonly group: RunGroup } & Pick<ComparisonTableProps, 'baseline' | 'onRemove'>) {
  const { key, label, runs, style } = group
  const [only] = runs
  return (
    <span className={classes.run}>
      <LineSwatch {...style} />
      {runs.length === 1 && only ? (
        <Link href={`/runs/${encodeURIComponent(only.id)}`} className={classes.name} title={label}>
          {label}
        </Link>
      ) : (
        <span className={classes.name} title={label}>
          {label}
        </span>
      )}
      {key === baseline && <span className={classes.mark}>baseline</span>}
      <button
        type="button"
        className={classes.remove}
        aria-label={`Take ${only && runs.length === 1 ? only.name : label} out`}
        onClick={() => onRemove(runs.map(({ id }) => id))}
      >
        ×
      </button>
    </span>
  )
}

function Sortable({ row, sort, onSort }: { readonly row: ComparisonRow } & Pick<ComparisonTableProps, 'sort' | 'onSort'>) {
  const isSorted = sort?.id === row.id
  const next = !isSorted ? { id: row.id, descending: false } : sort.descending ? null : { id: row.id, descending: true }
  return (
    <span className={classes.heading}>
      <TermTitle title={row.title} term={row.term} definition={row.definition} formula={row.formula} />
      {row.unranked ? <span className={classes.unranked}>{row.unranked}</span> : null}
      <button
        type="button"
        className={classes.sort}
        aria-label={`Sort by ${row.title}${isSorted ? (sort.descending ? ', now descending' : ', now ascending') : ''}`}
        data-active={isSorted || undefined}
        onClick={() => onSort(next)}
      >
        {isSorted && sort.descending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />}
      </button>
    </span>
  )
}

function Value({ cell }: { readonly cell: ComparisonCell | undefined }) {
  if (!cell) return null
  return (
    <span className={classes.value} data-best={cell.isBest || undefined}>
      {cell.text === '–' ? <span className={classes.none}>–</span> : cell.text}
      {cell.isBest ? <span className={classes.mark}>best</span> : null}
      {cell.difference ? <span className={classes.difference}>{cell.difference}</span> : null}
    </span>
  )
}

function sortOf(id: string, sort: ComparisonTableProps['sort']) {
  return sort?.id === id ? (sort.descending ? 'descending' : 'ascending') : undefined
}

/** Puts groups in the order of a row's values; those without one come last whichever way. */
function sortGroups(groups: readonly RunGroup[], { parts, sort }: Pick<ComparisonTableProps, 'parts' | 'sort'>): readonly number[] {
  const places = groups.map((_, index) => index)
  const row = sort && parts.flatMap(({ rows }) => rows).find(({ id }) => id === sort.id)
  if (!row) return places
  const sign = sort.descending ? -1 : 1
  return places.sort((a, b) => {
    const [one = null, other = null] = [row.cells[a]?.value, row.cells[b]?.value]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return typeof one === 'number' && typeof other === 'number' ? sign * (one - other) : sign * collator.compare(String(one), String(other))
  })
}

const collator = new Intl.Collator('en', { numeric: true })
