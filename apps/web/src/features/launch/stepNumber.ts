import type { FieldDescription } from '@hourglass/autoencoders'

export type NumberDescription = Extract<FieldDescription, { type: 'integer' | 'number' }>

/**
 * Gives the next value up or down as text, inside the field's bounds: doubling and halving for logarithmic integers, 1, 2, 5, 10 for
 * logarithmic numbers, by one or by hundredths otherwise. Text that is no number steps from the default.
 */
export function stepNumber(field: NumberDescription, text: string, direction: 1 | -1): string {
  const parsed = text.trim() === '' ? Number.NaN : Number(text)
  const current = Number.isFinite(parsed) ? parsed : Number(field.default)
  if (!Number.isFinite(current)) return String(field.minimum ?? 1)
  const next = field.scale === 'log' ? stepLogarithmic(field, current, direction) : stepLinear(field, current, direction)
  return String(clamp(field, next, current))
}

function stepLinear({ type }: NumberDescription, value: number, direction: 1 | -1): number {
  const step = type === 'integer' ? 1 : 0.01
  return Number((value + direction * step).toFixed(10))
}

function stepLogarithmic({ type }: NumberDescription, value: number, direction: 1 | -1): number {
  if (value <= 0) return direction
  if (type === 'integer') {
    const exponent = Math.log2(value)
    return 2 ** (direction > 0 ? Math.floor(exponent + 1) : Math.ceil(exponent - 1))
  }
  const decade = Math.floor(Math.log10(value) + 1e-9)
  const ladder = [-1, 0, 1].flatMap((offset) => [1, 2, 5].map((digit) => Number(`${digit}e${decade + offset}`)))
  const slack = value * 1e-9
  const next = direction > 0 ? ladder.find((rung) => rung > value + slack) : ladder.findLast((rung) => rung < value - slack)
  return next ?? value
}

function clamp({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: NumberDescription, next: number, current: number): number {
  if (exclusiveMinimum !== undefined && next <= exclusiveMinimum) return current
  if (exclusiveMaximum !== undefined && next >= exclusiveMaximum) return current
  return Math.min(maximum ?? Number.POSITIVE_INFINITY, Math.max(minimum ?? Number.NEGATIVE_INFINITY, next))
}
