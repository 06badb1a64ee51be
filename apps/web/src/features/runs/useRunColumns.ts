import { useEffect, useMemo } from 'react'
import { shownColumns } from '../../data/shownColumns'
import { fittingColumns } from './fittingColumns'
import { keyColumn } from './keyColumn'
import type { RunColumn } from './RunColumn'
import { ownColumns } from './runColumns'
import { COUNT } from './sortTerms'
import { type RunKey, useRunKeys } from './useRunKeys'

export interface RunColumns {
  readonly columns: readonly RunColumn[]
  /** Names of the keys that the API is asked for beside what every row has. */
  readonly asked: readonly string[]
  /** All keys by name; none until they are needed and there. */
  readonly keys: ReadonlyMap<string, RunKey>
}

/** Stands behind the names of groups. */
const countColumn: RunColumn = {
  id: COUNT,
  title: 'Runs',
  width: 72,
  align: 'right',
  sortsFirst: 'DESC',
  isAsked: false,
  metric: null,
  render: () => null,
}
/** Of a mean with its deviation. */
const SPREAD_WIDTH = 150

/** Makes the columns that an address names, and has what changes of runs told with what they show. Keys are read where a column needs to know of them. */
export function useRunColumns(names: readonly string[], isGrouped: boolean): RunColumns {
  const isKeyShown = names.some((name) => !(name in ownColumns))
  const keys = useRunKeys(isKeyShown || isGrouped)
  const byName = useMemo(() => new Map(keys?.map((key) => [key.name, key])), [keys])
  const columns = useMemo(() => {
    // A run without its name could not be opened.
    const wanted = names.includes('name') ? names : ['name', ...names]
    const shown = fittingColumns(wanted).map((name) => keyColumn(name, byName.get(name), keys !== null))
    return isGrouped ? shown.flatMap((column) => (column.id === 'name' ? [column, countColumn] : [inGroups(column)])) : shown
  }, [names, byName, keys, isGrouped])
  const asked = useMemo(() => columns.filter(({ isAsked }) => isAsked).map(({ id }) => id), [columns])
  useEffect(() => {
    shownColumns.next(asked)
    return () => shownColumns.next([])
  }, [asked])
  return { columns, asked, keys: byName }
}

const inGroups = (column: RunColumn): RunColumn => (column.metric ? { ...column, width: Math.max(column.width, SPREAD_WIDTH) } : column)
