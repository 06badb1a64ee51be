import { expect, test } from 'vitest'
import { type NumberDescription, stepNumber } from '../src/features/launch/stepNumber'

const described = { title: '', description: '', advanced: false, nullable: false }
const learningRate: NumberDescription = { ...described, type: 'number', scale: 'log', exclusiveMinimum: 0, maximum: 10, default: 0.001 }
const width: NumberDescription = { ...described, type: 'integer', scale: 'log', minimum: 1, maximum: 4096, default: 32 }
const epochs: NumberDescription = { ...described, type: 'integer', minimum: 1, maximum: 10_000, default: 20 }
const momentum: NumberDescription = { ...described, type: 'number', minimum: 0, exclusiveMaximum: 1, default: 0.9 }

test.each([
  [learningRate, '0.001', 1, '0.002'],
  [learningRate, '0.002', 1, '0.005'],
  [learningRate, '0.005', 1, '0.01'],
  [learningRate, '0.001', -1, '0.0005'],
  [learningRate, '0.0003', -1, '0.0002'],
  [learningRate, '1e-7', -1, '5e-8'],
  [learningRate, '10', 1, '10'],
  [width, '32', 1, '64'],
  [width, '32', -1, '16'],
  [width, '100', 1, '128'],
  [width, '100', -1, '64'],
  [width, '1', -1, '1'],
  [width, '4096', 1, '4096'],
  [epochs, '20', 1, '21'],
  [epochs, '1', -1, '1'],
  [epochs, '', 1, '21'],
  [epochs, 'many', -1, '19'],
  [momentum, '0.99', 1, '0.99'],
  [momentum, '0.9', 1, '0.91'],
  [momentum, '0', -1, '0'],
] as const)('steps %o from %s by %d to %s', (field, text, direction, expected) => {
  expect(stepNumber(field, text, direction)).toBe(expected)
})
