import { useQuery } from '@apollo/client/react'
import { RunValuesDocument } from '../../data/generated/graphql'
import { formatRound } from '../../ui/formatQuantity'
import classes from './RunValuesTable.module.css'

interface RunValuesTableProps {
  readonly id: string
  /** What tells this table from others on the page. */
  readonly label: string
}

/** Lists what a run is known by, names and values, without knowing what they mean. */
export function RunValuesTable({ id, label }: RunValuesTableProps) {
  const { data } = useQuery(RunValuesDocument, { variables: { id } })
  return (
    <table className={classes.table} aria-label={label}>
      <tbody>
        {data?.run.values.map(({ name, number, text }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{number === null ? text : formatRound(number)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
