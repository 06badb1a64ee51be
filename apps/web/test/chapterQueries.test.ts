import { parse, print } from 'graphql'
import { expect, test } from 'vitest'
import { ChapterExperimentsDocument, LaunchPresetDocument, PresetEstimatesDocument } from '../src/data/generated/graphql'
import { chapterExperiments, launchPreset, presetEstimates } from '../src/features/chapter/chapterQueries'

test.each([
  [chapterExperiments, ChapterExperimentsDocument],
  [presetEstimates, PresetEstimatesDocument],
  [launchPreset, LaunchPresetDocument],
])('the chapter asks what the dashboard asks: %s', (text, document) => {
  expect(print(parse(text))).toBe(print(document))
})
