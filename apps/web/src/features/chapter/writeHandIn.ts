import { dateText, escapeHtml, writePage } from '../../ui/writePage'
import type { TakenTask } from './takenTasks'

/** What a reader did with one experiment. */
export interface HandedIn {
  readonly title: string
  readonly ask: string | null
  /** What the reader expected; null where nothing was answered. */
  readonly answer: string | null
  readonly text: string
  /** Null where it was not run; left out where there was nothing to run. */
  readonly taken?: TakenTask | null
}

/** Writes what a reader did in a section as one file that needs nothing beside it: answers, texts, figures with their numbers, and configurations. */
export function writeHandIn(section: string, name: string, tasks: readonly HandedIn[]): string {
  const by = name.trim() === '' ? '' : `By ${name.trim()}. `
  return writePage({ title: section, about: `${by}Written ${dateText(new Date())} with Hourglass.`, body: tasks.map(writeTask).join('\n') })
}

function writeTask({ title, ask, answer, text, taken }: HandedIn): string {
  const parts = [
    `<h2>${escapeHtml(title)}</h2>`,
    ask === null ? '' : `<p><b>Asked:</b> ${escapeHtml(ask)}</p><p><b>Expected:</b> ${escapeHtml(answer ?? 'no answer was given')}</p>`,
    text.trim() === '' ? '' : `<div class="text"><p>${escapeHtml(text.trim()).replaceAll('\n', '<br>')}</p></div>`,
    taken === undefined ? '' : taken === null ? '<p class="about">It was not run.</p>' : writeTaken(taken),
  ]
  return `<figure>${parts.join('\n')}</figure>`
}

function writeTaken({ experiment, image, table, findings, configs }: TakenTask): string {
  const numbers =
    table === null ? '' : ` <a download="numbers.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(table)}">Numbers (CSV)</a>`
  return [
    findings.length === 0 ? '' : `<ul>${findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('')}</ul>`,
    image === null ? '' : `<img src="data:image/png;base64,${image}" alt="${escapeHtml(`Figure of ${experiment}`)}">`,
    `<p class="about">${escapeHtml(experiment)}.${numbers}</p>`,
    ...configs.map(
      ({ name, config }) =>
        `<details><summary>Configuration of ${escapeHtml(name)}</summary><pre>${escapeHtml(JSON.stringify(config, null, 2))}</pre></details>`,
    ),
  ].join('\n')
}
