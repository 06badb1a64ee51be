import { measurementCatalog, measurementTerm } from '@hourglass/autoencoders'
import { RECONSTRUCTIONS } from '../../data/shownColumns'
import { Age } from '../../ui/Age'
import { formatCount, formatDuration, formatNumber, formatRound } from '../../ui/formatQuantity'
import { Flash } from './Flash'
import type { ColumnValue, RunColumn } from './RunColumn'
import { ownColumns } from './runColumns'
import { settingWords } from './settingWords'
import { type RunKey, unitOf } from './useRunKeys'

/** Makes the column of a key that rows have no way of their own to show; one of a name alone where no key is called so, or keys are not known yet. */
export function keyColumn(name: string, key: RunKey | undefined, areKnown = true): RunColumn {
  const metric = key?.group === 'METRIC' && key.type === 'NUMBER' ? key : null
  const own = ownColumns[name]
  if (own) return { id: name, isAsked: name === RECONSTRUCTIONS, metric, ...own }
  const isNumber = key?.type === 'NUMBER'
  return {
    id: name,
    title: key?.title ?? (name.split('.').slice(1).join('.') || name),
    width: isNumber ? 104 : 152,
    ...(isNumber ? { align: 'right' } : {}),
    unit: (key && unitOf(key)) ?? undefined,
    term: termOf(key),
    hint: key ? [key.description, key.name].filter(Boolean).join(' · ') : areKnown ? `No run has a value of ${name}.` : name,
    sortsFirst: key?.better === 'HIGHER' || key?.type === 'DATE' ? 'DESC' : 'ASC',
    isAsked: true,
    metric,
    render: (_, { read }) => <KeyValue value={read(name)} of={key} />,
  }
}

function KeyValue({ value, of }: { readonly value: ColumnValue | undefined; readonly of: RunKey | undefined }) {
  if (!value) return '–'
  if (of?.type === 'DATE' && value.text) return <Age at={value.text} short />
  const text = formatValue(value, of)
  return of?.group === 'METRIC' ? <Flash>{text}</Flash> : <span title={value.text === null ? undefined : text}>{text}</span>
}

/** Writes what a run has of a key as tables do. */
export function formatValue(
  { number, text }: ColumnValue,
  key: (Pick<RunKey, 'group' | 'format' | 'digits'> & Partial<Pick<RunKey, 'name'>>) | undefined,
): string {
  if (number === null) {
    if (text === null) return '–'
    return key?.group === 'CONFIG' ? settingWords(key.name ?? '', text) : text
  }
  if (key?.format === 'DURATION') return formatDuration(number)
  if (key?.format === 'UNIT_SHARE') return `${Math.round(100 * number)} %`
  if (key?.format === 'COUNT') return formatCount(number)
  if (key?.group !== 'METRIC') return Number.isInteger(number) && Math.abs(number) < 1e6 ? String(number) : formatRound(number)
  return Number.isInteger(number) && key.digits === null ? String(number) : formatNumber(number, key.digits ?? 4)
}

function termOf(key: RunKey | undefined): string | undefined {
  const id = key?.name.replace(/^metric\.(test\.)?/, '')
  return measurementCatalog.some((row) => row.id === id) ? measurementTerm(id ?? '') : undefined
}
