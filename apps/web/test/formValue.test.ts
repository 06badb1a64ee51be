import {
  completeRunConfig,
  describeSchema,
  presets,
  type RunConfigInput,
  runConfigSchema,
  validateRunConfig,
} from '@hourglass/autoencoders'
import { describe, expect, test } from 'vitest'
import { readRunConfig, writeRunConfig } from '../src/data/readRunConfig'
import { haveSameShape } from '../src/features/launch/draft'
import { type FormChoice, type FormObject, fieldPathOf, fromFormValue, toFormValue } from '../src/features/launch/formValue'

const schema = describeSchema(runConfigSchema)
const formOf = (config: RunConfigInput) => toFormValue(schema, config) as FormObject
const configs: [string, RunConfigInput][] = [
  ['the defaults', {}],
  ...presets.flatMap(({ id, runs }) => runs.map(({ label, config }): [string, RunConfigInput] => [`${id}, ${label}`, config])),
  ['hidden layers', { architecture: { kind: 'dense', hiddenWidths: [512, 128], latentDimension: 2 } }],
  ['another optimizer', { optimizer: { kind: 'sgd', learningRate: 0.5, momentum: 0.9 }, data: { dataset: 'mnist', trainCount: 500 } }],
]

describe('the launch form', () => {
  test.each(configs)('gives back the configuration it was filled with: %s', (_name, config) => {
    expect(validateRunConfig(fromFormValue(schema, formOf(config)))).toEqual({ config: completeRunConfig(config) })
  })

  test.each(configs)('survives the way to the API and back: %s', (_name, config) => {
    const complete = completeRunConfig(config)
    const answered = JSON.parse(JSON.stringify(writeRunConfig(complete)))
    expect(readRunConfig(answered)).toEqual(complete)
    expect(fromFormValue(schema, formOf(readRunConfig(answered)))).toEqual(complete)
  })

  test('shows an empty control where null means all, and reads it back as null', () => {
    const form = formOf({})
    expect((form.data as FormObject).trainCount).toBe('')
    expect(fromFormValue(schema, form)).toMatchObject({ data: { trainCount: null } })
  })

  test('passes what does not parse on as typed, so that the validation can name it', () => {
    const form = formOf({})
    const typed = { ...form, training: { ...(form.training as FormObject), epochs: 'ten' } }
    const result = validateRunConfig(fromFormValue(schema, typed))
    expect(result).toMatchObject({ issues: [{ path: ['training', 'epochs'], message: expect.stringContaining('"ten"') }] })
  })

  test('refuses an emptied number instead of silently taking the default', () => {
    const form = formOf({})
    const emptied = { ...form, training: { ...(form.training as FormObject), epochs: ' ' } }
    expect(validateRunConfig(fromFormValue(schema, emptied))).toMatchObject({ issues: [{ path: ['training', 'epochs'] }] })
  })

  test('reads scientific notation', () => {
    const form = formOf({})
    const optimizer = form.optimizer as FormChoice
    const variants = { ...optimizer.variants, adam: { ...optimizer.variants.adam, learningRate: '1e-4' } }
    expect(fromFormValue(schema, { ...form, optimizer: { ...optimizer, variants } })).toMatchObject({ optimizer: { learningRate: 0.0001 } })
  })

  test('keeps the settings of one variant while another is tried', () => {
    const form = formOf({ optimizer: { kind: 'adam', learningRate: 0.02 } })
    const optimizer = form.optimizer as FormChoice
    const tried = { ...form, optimizer: { ...optimizer, kind: 'sgd' } }
    expect(fromFormValue(schema, tried)).toMatchObject({ optimizer: { kind: 'sgd', learningRate: 0.1 } })
    const back = { ...tried, optimizer: { ...(tried.optimizer as FormChoice), kind: 'adam' } }
    expect(fromFormValue(schema, back)).toMatchObject({ optimizer: { kind: 'adam', learningRate: 0.02 } })
  })

  test.each([
    [['architecture', 'latentDimension'], 'architecture.latentDimension'],
    [['architecture', 'hiddenWidths', 1], 'architecture.hiddenWidths'],
    [['architecture', 'initializer', 'limit'], 'architecture.initializer.limit'],
    [['optimizer', 'momentum'], 'optimizer.momentum'],
    [['optimizer', 'surprise'], 'optimizer'],
    [['surprise'], ''],
    [[], ''],
  ])('puts the issue at %j beside the field %j', (path, field) => {
    expect(fieldPathOf(schema, path)).toBe(field)
  })

  test('takes a draft only where it has the same controls', () => {
    expect(haveSameShape(formOf({}), formOf({ optimizer: { kind: 'sgd' } }))).toBe(true)
    const { training: _, ...older } = formOf({})
    expect(haveSameShape(older, formOf({}))).toBe(false)
    expect(haveSameShape({ ...formOf({}), loss: null as unknown as string }, formOf({}))).toBe(false)
  })
})
