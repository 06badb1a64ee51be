import { formatBytes, formatCount } from '../../ui/formatQuantity'
import classes from './UsageBars.module.css'

export interface UsageBar {
  readonly key: string
  readonly label: string
  readonly note?: string
  readonly files: number
  readonly bytes: number
}

interface UsageBarsProps {
  readonly caption: string
  readonly bars: readonly UsageBar[]
}

/** Shows what uses how much as a table with a bar in each row, in proportion to the largest. */
export function UsageBars({ caption, bars }: UsageBarsProps) {
  const most = Math.max(1, ...bars.map(({ bytes }) => bytes))
  return (
    <table className={classes.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" data-align="right">
            Files
          </th>
          <th scope="col" data-align="right">
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, note, files, bytes }) => (
          <tr key={key}>
            <th scope="row">
              {label}
              {note && <span className={classes.note}>{note}</span>}
              <span className={classes.bar} style={{ '--share': bytes / most } as React.CSSProperties} aria-hidden />
            </th>
            <td data-align="right">{formatCount(files)}</td>
            <td data-align="right">{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
