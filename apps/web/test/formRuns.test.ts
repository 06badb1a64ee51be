import { completeRunConfig, presets, type RunConfigInput, validateRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { configDescription } from '../src/data/readRunConfig'
import { applyChange, differencesOf, type FormRun, freeLabel, labelProblem, unify } from '../src/features/launch/formRuns'
import { type FormObject, fromFormValue, toFormValue } from '../src/features/launch/formValue'

const formOf = (config: RunConfigInput) => toFormValue(configDescription, config) as FormObject
const configOf = (form: FormObject) => validateRunConfig(fromFormValue(configDescription, form))
const sparse = presets.find(({ id }) => id === 'sparse')?.runs ?? []
const forms = sparse.map(({ config }) => formOf(config))

describe('runs of one form', () => {
  it('differ in what their experiment compares, and a setting that a run does not have is none of its', () => {
    const differences = differencesOf(configDescription, forms)
    expect(differences.map(({ path }) => path)).toEqual(['architecture.codeActivation', 'regularizer', 'regularizer.target'])
    expect(differences.find(({ path }) => path === 'regularizer')?.values).toEqual(['None', 'Sparse (KL)', 'Sparse (KL)', 'Sparse (L1)'])
    expect(differences.find(({ path }) => path === 'regularizer.target')?.values).toEqual([null, '0.05', '0.01', null])
  })

  it.each(presets.filter(({ runs }) => runs.length > 1))('of $id give back the configurations of the chapter', ({ runs }) => {
    for (const { config } of runs) expect(configOf(formOf(config))).toEqual({ config: completeRunConfig(config) })
    expect(
      differencesOf(
        configDescription,
        runs.map(({ config }) => formOf(config)),
      ).length,
    ).toBeGreaterThan(0)
  })

  it('take a change of what all share, and keep what each has of its own', () => {
    const [first = formOf({})] = forms
    const typed = formOf({ ...sparse[0]?.config, training: { ...completeRunConfig(sparse[0]?.config ?? {}).training, epochs: 3 } })
    const changed = forms.map((form) => applyChange(form, first, typed) as FormObject)
    const expected = sparse.map(({ config }) => {
      const whole = completeRunConfig(config)
      return { config: { ...whole, training: { ...whole.training, epochs: 3 } } }
    })
    expect(changed.map(configOf)).toEqual(expected)
  })

  it('take a change of a choice, each with the settings that it had there', () => {
    const one = formOf({ optimizer: { kind: 'sgd', learningRate: 0.5 } })
    const other = formOf({ optimizer: { kind: 'sgd', learningRate: 0.1 } })
    const adam = { ...one, optimizer: { ...(one.optimizer as object), kind: 'adam' } } as FormObject
    const back = applyChange(applyChange(other, one, adam), adam, one)
    expect(back).toEqual(other)
  })

  it('are made the same in one setting, also where it chooses others', () => {
    const same = unify(forms, 'regularizer')
    expect(differencesOf(configDescription, same).map(({ path }) => path)).toEqual(['architecture.codeActivation'])
    const targets = unify(forms.slice(1, 3), 'regularizer.target')
    expect(differencesOf(configDescription, targets)).toEqual([])
  })

  it('need names that tell them apart', () => {
    const runs = (...labels: string[]): FormRun[] => labels.map((label) => ({ label, value: formOf({}) }))
    expect(labelProblem(runs('a', 'b'))).toBeNull()
    expect(labelProblem(runs('a', ' '))).toBe('Run 2 needs a name that tells it from the others.')
    expect(labelProblem(runs('a', 'b', ' a'))).toBe('Two runs are called “a”. Give each a name of its own.')
    expect(freeLabel(runs('run 1', 'run 2'), 'run')).toBe('run 3')
  })
})
