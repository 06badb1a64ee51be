'use client'

import { ActionIcon, MultiSelect, NativeSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import classes from './SweepField.module.css'
import { emptyList, type TypedAxis, type TypedValues } from './sweepAxes'
import type { SweepableSetting } from './sweepableSettings'

export interface SweepAxisFieldProps {
  /** What can be varied: all but what other axes vary. */
  readonly settings: readonly SweepableSetting[]
  /** Null where nothing is varied yet. */
  readonly axis: TypedAxis | null
  readonly onChange: (axis: TypedAxis | null) => void
  /** Whether values are drawn at random. */
  readonly isDrawn: boolean
  /** Whether it is the first that is varied, beside which what all have in common is said. */
  readonly isFirst: boolean
  /** What is wrong with the values. */
  readonly problem: string | undefined
}

const inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** Chooses one setting to vary and the values that it is to take. */
export function SweepAxisField({ settings, axis, onChange, isDrawn, isFirst, problem }: SweepAxisFieldProps) {
  const groups = [...new Set(settings.map(({ group }) => group))]
  const chosen = settings.find(({ path }) => path === axis?.path)
  const change = (values: TypedValues) => axis && onChange({ ...axis, values })
  return (
    <fieldset className={classes.axis} aria-label={chosen ? `Values of ${chosen.title}` : 'Vary nothing'}>
      <Select
        size="xs"
        label="Vary"
        {...(isFirst ? { description: 'The setting’s own field does not count then.' } : {})}
        inputWrapperOrder={inputWrapperOrder}
        placeholder="Nothing: a single run"
        data={groups.map((group) => ({
          group,
          items: settings.filter((setting) => setting.group === group).map(({ path, title }) => ({ value: path, label: title })),
        }))}
        value={chosen?.path ?? null}
        onChange={(path) => onChange(path === null ? null : { path, values: emptyList })}
        searchable
        clearable
        checkIconPosition="right"
      />
      {chosen && axis ? (
        <div className={classes.values}>
          {chosen.numeric === null ? null : (
            <NativeSelect
              size="xs"
              label="As"
              value={axis.values.kind}
              onChange={(event) => change(valuesOfKind(event.currentTarget.value, chosen))}
              data={[
                { value: 'list', label: 'List' },
                { value: 'linear', label: 'Range' },
                { value: 'log', label: 'Log range' },
              ]}
            />
          )}
          <AxisValuesField setting={chosen} values={axis.values} onChange={change} isDrawn={isDrawn} problem={problem} />
          <ActionIcon
            className={classes.remove ?? ''}
            variant="subtle"
            color="gray"
            aria-label={`Do not vary ${chosen.title}`}
            onClick={() => onChange(null)}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ) : null}
    </fieldset>
  )
}

interface AxisValuesFieldProps {
  readonly setting: SweepableSetting
  readonly values: TypedValues
  readonly onChange: (values: TypedValues) => void
  readonly isDrawn: boolean
  readonly problem: string | undefined
}

function AxisValuesField({ setting, values, onChange, isDrawn, problem }: AxisValuesFieldProps) {
  const common = { size: 'xs' as const, inputWrapperOrder }
  if (values.kind !== 'list') {
    const end = (name: 'from' | 'to' | 'count', label: string) => (
      <TextInput
        {...common}
        className={classes.end ?? ''}
        label={label}
        inputMode="decimal"
        autoComplete="off"
        value={values[name]}
        error={problem !== undefined}
        onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
      />
    )
    return (
      <div className={classes.range}>
        {end('from', 'From')}
        {end('to', 'To')}
        {isDrawn ? null : end('count', 'How many')}
        {problem === undefined ? null : (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
    )
  }
  const list = {
    ...common,
    className: classes.list ?? '',
    label: 'Values',
    error: problem,
    value: [...values.values],
    onChange: (next: string[]) => onChange({ kind: 'list', values: next }),
  }
  if (setting.options) {
    return <MultiSelect {...list} data={setting.options.map(({ value, label }) => ({ value, label }))} description="One run for each." />
  }
  return (
    <TagsInput
      {...list}
      splitChars={setting.isList ? [';'] : [',', ';', ' ']}
      placeholder={values.values.length > 0 ? '' : setting.isList ? '512, 128; 256' : '2, 8, 32'}
      description={setting.isList ? 'A semicolon ends a list.' : 'A comma ends a number.'}
      acceptValueOnBlur
    />
  )
}

/** Begins with what suits the setting, in place of values of another kind. */
function valuesOfKind(kind: string, { scale }: SweepableSetting): TypedValues {
  if (kind !== 'linear' && kind !== 'log') return emptyList
  return { kind, from: '', to: '', count: scale === 'log' ? '4' : '5' }
}
