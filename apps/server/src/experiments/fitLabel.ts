import { withoutSeedLabel } from '@hourglass/autoencoders'
import { cutText } from '../runs/runNames.js'

/** Shortens a label that its seed makes too long, in the middle: runs often differ at the end, and the seed stays. */
export function fitLabel(label: string, most: number): string {
  if (label.length <= most) return label
  const base = withoutSeedLabel(label)
  const seed = label.slice(base.length)
  const room = most - seed.length - 1
  const head = cutText(base, Math.ceil(room / 2))
  return `${head}…${base.slice(-Math.floor(room / 2)).replace(/^[\uDC00-\uDFFF]/, '')}${seed}`
}
