import { expect, it } from 'vitest'
import { z } from 'zod'
import { eventFieldType } from '../src/api/graphql/eventFieldType.js'

it.each([
  ['a whole number', z.int().min(1), 'Int', false],
  ['a number', z.number(), 'Float', false],
  ['a text', z.string(), 'String', false],
  ['a moment', z.iso.datetime(), 'String', false],
  ['one of several words', z.enum(['a', 'b']), 'String', false],
  ['true or false', z.boolean(), 'Boolean', false],
  ['true or false with a default', z.boolean().default(false), 'Boolean', false],
  ['a text or null', z.string().nullable(), 'String', true],
  ['a text or null with a default', z.string().nullable().default(null), 'String', true],
  ['a number that may be missing', z.number().optional(), 'Float', true],
  ['a list of numbers with a default', z.array(z.int()).default([]), ['Int'], false],
  ['a list of texts or null', z.array(z.string()).nullable(), ['String'], true],
])('a field of an event that is %s has a type in the API', (_, schema, type, nullable) => {
  expect(eventFieldType('field', schema)).toEqual({ type, nullable })
})

it('says of a field that has none what it may be', () => {
  expect(() => eventFieldType('place', z.object({ x: z.number() }))).toThrow(/^event field place: expected a number, a text, true or false/)
})
