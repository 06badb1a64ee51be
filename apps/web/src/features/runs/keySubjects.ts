import { foldText } from '@hourglass/query'
import type { RunKey } from './useRunKeys'

export interface Subject {
  readonly title: string
  readonly keys: readonly RunKey[]
}

const groupTitles = { FIELD: 'Run', MODEL: 'Model' } as const

/** Names what a key is about: runs themselves, a part of their settings, or when something was measured. */
function subjectOf({ group, name }: RunKey): string {
  if (group === 'FIELD' || group === 'MODEL') return groupTitles[group]
  if (group === 'METRIC') return name.startsWith('metric.test.') ? 'Measured of the finished run' : 'Measured while it trains'
  const [, part = '', ...rest] = name.split('.')
  return rest.length > 0 ? `Settings: ${part}` : 'Settings'
}

/** Puts the keys that a text finds together by what they are about. */
export function subjectsOf(keys: readonly RunKey[], text: string): readonly Subject[] {
  const words = foldText(text).split(/\s+/).filter(Boolean)
  const isFound = (key: RunKey) => {
    const said = foldText([key.title, key.name, ...key.aliases].join(' '))
    return words.every((word) => said.includes(word))
  }
  const subjects = new Map<string, RunKey[]>()
  for (const key of keys) {
    if (!isFound(key)) continue
    const subject = subjectOf(key)
    subjects.set(subject, [...(subjects.get(subject) ?? []), key])
  }
  return [...subjects].map(([title, found]) => ({ title, keys: found }))
}
