import { epochCatalog } from '@hourglass/autoencoders'

/** Behind the point of seconds, and of other values that are large beside what they vary by. */
const DIGITS = 6
const FEW_DIGITS = 2
const passing = new Map<string, number>(
  epochCatalog.flatMap(({ id, role }) => (role === 'speed' || role === 'system' ? [[id, id === 'seconds' ? DIGITS : FEW_DIGITS]] : [])),
)

/** Rounds what an epoch took of time and of the machine to what a clock knows, seconds to millionths: further digits are noise, which the lab would store. */
export function roundPassing<Value extends number | null>(values: Readonly<Record<string, Value>>): Record<string, Value | number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value, passing.get(name))]))
}

const round = <Value extends number | null>(value: Value, digits: number | undefined) =>
  digits === undefined || value === null ? value : Number(value.toFixed(digits))
