import { formatRound } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import classes from './RunValuesTable.module.css'
import { useKnownValues } from './useKnownValues'

interface RunValuesTableProps {
  readonly id: string
  /** What tells this table from others on the page. */
  readonly label: string
}

/** Lists what a run is known by, names and values, without knowing what they mean. */
export function RunValuesTable({ id, label }: RunValuesTableProps) {
  const { values, failed, retry } = useKnownValues(id)
  if (!values && failed) return <Unread what={label} onRetry={retry} />
  return (
    <table className={classes.table} aria-label={label}>
      <tbody>
        {values?.map(({ name, number, text }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{number === null ? text : formatRound(number)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
