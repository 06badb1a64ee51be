import Link from 'next/link'
import type { ReactNode } from 'react'
import { runColour } from '../../entities/run/runColour'
import { TermTitle, type TitledTerm } from '../../ui/TermTitle'
import classes from './ExperimentRuns.module.css'

export interface RunsTableProps {
  readonly label: string
  readonly columns: readonly TitledTerm[]
  /** A cell for each column. */
  readonly rows: readonly { readonly run: ListedRun; readonly cells: readonly ReactNode[] }[]
}

interface ListedRun {
  readonly id: string
  readonly number: number
  readonly label: string | null
  readonly name: string
}

/** Lists runs with numbers of theirs, each leading to its page. */
export function RunsTable({ label, columns, rows }: RunsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table} data-narrow>
        <thead>
          <tr>
            <th scope="col">
              <TermTitle title="Run" term="run" />
            </th>
            {columns.map((column) => (
              <th key={column.title} scope="col" data-align="right">
                <TermTitle {...column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ run: { id, number, label: own, name }, cells }) => (
            <tr key={id} data-run={id}>
              <th scope="row">
                <Link href={`/runs/${encodeURIComponent(id)}`} className={classes.name} prefetch={false}>
                  <span className={classes.dot} style={{ background: runColour(number) }} aria-hidden />
                  {own ?? name}
                </Link>
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index]?.title} data-align="right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
