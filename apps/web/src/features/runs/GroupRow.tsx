import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import Link from 'next/link'
import own from './GroupRow.module.css'
import { bestOf, type SharedValue, type Spread, whyUnranked } from './groupsOfRuns'
import { formatValue } from './keyColumn'
import type { PlacedColumn } from './layoutColumns'
import type { RunColumn } from './RunColumn'
import classes from './RunsTable.module.css'
import { COUNT } from './sortTerms'
import type { GroupItem, RestItem } from './tableItems'

/** Says what a value of a key is called on pages. */
export type NameOfShared = (value: SharedValue) => { readonly title: string; readonly text: string }

export interface GroupRowProps {
  readonly item: GroupItem
  readonly index: number
  readonly columns: readonly PlacedColumn[]
  readonly nameOf: NameOfShared
  readonly onOpen: (id: string) => void
}

/** Shows what the runs of a group have in common and what their metrics come to; opened, its runs stand below it. */
export function GroupRow({ item: { group, isOpen }, index, columns, nameOf, onOpen }: GroupRowProps) {
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <tr className={own.group} aria-rowindex={index} data-group={group.id}>
      <td data-pinned style={{ left: 0 }} />
      {columns.map(({ column, left }, place) => {
        const spread = column.metric ? group.spreads.get(column.metric.name) : undefined
        return (
          <td
            key={column.id}
            data-align={column.align}
            data-column={column.id}
            data-pinned={left === null ? undefined : true}
            style={left === null ? undefined : { left: `var(--left-${place})` }}
          >
            {column.id === 'name' ? (
              <button type="button" className={own.open} aria-expanded={isOpen} onClick={() => onOpen(group.id)}>
                <Chevron size={14} aria-hidden />
                {group.keys.map((key) => {
                  const { title, text } = nameOf(key)
                  return (
                    <span key={title} className={own.shared}>
                      <span className={own.sharedKey}>{title}</span> {text}
                    </span>
                  )
                })}
              </button>
            ) : column.id === COUNT ? (
              group.count.toLocaleString('en')
            ) : spread && column.metric ? (
              <SpreadCell spread={spread} metric={column.metric} />
            ) : null}
          </td>
        )
      })}
      <td />
    </tr>
  )
}

function SpreadCell({ spread, metric }: { readonly spread: Spread; readonly metric: NonNullable<RunColumn['metric']> }) {
  const write = (number: number) => formatValue({ number, text: null }, metric)
  const { mean, standardDeviation, bestRun, count } = spread
  if (mean === null) return '–'
  const best = bestOf(spread)
  const unranked = whyUnranked(spread)
  return (
    <span className={own.spread} title={`${count} ${count === 1 ? 'run has' : 'runs have'} a value`}>
      <span>
        <b className={classes.figure}>{write(mean)}</b>
        {standardDeviation === null ? null : <span className={own.deviation}> ± {write(standardDeviation)}</span>}
      </span>
      {bestRun && best !== null ? (
        <Link
          href={`/runs/${encodeURIComponent(bestRun.id)}`}
          className={own.best}
          prefetch={false}
          title={`#${bestRun.number} ${bestRun.name}`}
        >
          best {write(best)}
        </Link>
      ) : unranked ? (
        <span className={own.best} title={unranked}>
          not ranked
        </span>
      ) : null}
    </span>
  )
}

interface RestRowProps {
  readonly item: RestItem
  readonly index: number
  readonly span: number
}

/** Offers to read more runs of an open group. */
export function RestRow({ item: { shown, total, onMore }, index, span }: RestRowProps) {
  return (
    <tr aria-rowindex={index}>
      <td colSpan={span}>
        <button type="button" className={own.more} onClick={onMore}>
          Show more: {shown.toLocaleString('en')} of {total.toLocaleString('en')} runs are shown
        </button>
      </td>
    </tr>
  )
}
