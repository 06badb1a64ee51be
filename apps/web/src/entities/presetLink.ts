import { configDescription, readRunConfig } from '../data/readRunConfig'
import { sweptSetting } from './sweptSetting'
import type { Preset } from './usePresets'

/** Addresses the form filled with an experiment of the chapter: its first run, and its sweep where it varies one number. */
export function presetLink({ id, runs }: Pick<Preset, 'id' | 'runs'>): string {
  const { path, places } = sweptSetting(
    configDescription,
    runs.map(({ label, config }) => ({ label, config: readRunConfig(config) })),
  )
  const sweep = path === null ? '' : `&vary=${encodeURIComponent(path)}&values=${places.join(',')}`
  return `/new?preset=${encodeURIComponent(id)}${sweep}`
}
