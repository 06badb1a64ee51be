import { usePageActions } from '../../ui/pageActions'
import { countSelected, type RowSelection } from './RowSelection'
import { TickBox } from './TickBox'
import { useSelected } from './useRowSelection'

interface SelectAllProps {
  readonly selection: RowSelection
  /** Runs that match. */
  readonly totalCount: number
}

/** Ticks all runs that match, read or not, or none. */
export function SelectAll({ selection, totalCount }: SelectAllProps) {
  const count = countSelected(useSelected(selection), totalCount)
  const isAll = totalCount > 0 && count >= totalCount
  const words = `Select all ${totalCount.toLocaleString('en')} that match`
  usePageActions(isAll || totalCount === 0 ? [] : [{ id: 'runs.select', label: words, run: () => selection.all() }])
  return (
    <TickBox label={words} checked={isAll} isMixed={count > 0 && !isAll} onTick={() => (isAll ? selection.clear() : selection.all())} />
  )
}
