import type { PresetEstimate } from '../../entities/experiment/usePresetEstimates'

/** Says what the times that are shown go by, or when there will be some. */
export function describeEstimates(estimates: ReadonlyMap<string, PresetEstimate> | undefined): string {
  const all = [...(estimates?.values() ?? [])]
  const isKnown = all.some(({ seconds, quickSeconds }) => seconds !== null || quickSeconds !== null)
  return isKnown ? 'times are estimates for this machine' : 'how long each takes here will be known once something has been run'
}
