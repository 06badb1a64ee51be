import { presets } from '@hourglass/autoencoders'
import { chapter, type Part, type Section } from '@hourglass/chapter'
import Link from 'next/link'
import { ExperimentPart } from './ExperimentPart'
import { FormulaPart } from './FormulaPart'
import { HandIn, type HandInTask } from './HandIn'
import { LiveFigure } from './live/LiveFigure'
import { NetworkPart } from './NetworkPart'
import { Presentation } from './Presentation'
import { Prose } from './Prose'
import classes from './SectionPage.module.css'
import { SLIDE } from './slide'

/** Names the article for what presents it. */
const ARTICLE = 'section'

/** Shows one section of the chapter as an article. */
export function SectionPage({ section }: { readonly section: Section }) {
  const index = chapter.indexOf(section)
  const firstHeading = section.parts.findIndex(({ kind }) => kind === 'heading')
  const levelAt = (place: number) => (firstHeading >= 0 && place > firstHeading ? 3 : 2)
  return (
    <article className={classes.article} id={ARTICLE}>
      <header {...{ [SLIDE]: '' }}>
        <div className={classes.place}>
          <p className={classes.number}>
            Section {index + 1} of {chapter.length}
          </p>
          <Presentation article={ARTICLE} />
        </div>
        <h1 className={classes.title}>{section.title}</h1>
        <p className={classes.lead}>{section.lead}</p>
      </header>
      {section.parts.map((part, place) =>
        part.kind === 'text' || part.kind === 'heading' ? (
          <ShownPart key={keyOf(part)} part={part} level={levelAt(place)} />
        ) : (
          <div key={keyOf(part)} {...{ [SLIDE]: '' }}>
            <ShownPart part={part} level={levelAt(place)} />
          </div>
        ),
      )}
      <HandIn section={section.title} tasks={tasksOf(section)} />
      <nav className={classes.neighbours} aria-label="Sections before and after">
        <Neighbour section={chapter[index - 1]} label="Before" />
        <Neighbour section={chapter[index + 1]} label="Next" />
      </nav>
    </article>
  )
}

function Neighbour({ section, label }: { readonly section: Section | undefined; readonly label: string }) {
  if (!section) return <span />
  return (
    <Link href={`/chapter/${section.id}`} className={classes.neighbour} prefetch={false}>
      <span className={classes.direction}>{label}</span>
      {section.title}
    </Link>
  )
}

function ShownPart({ part, level }: { readonly part: Part; readonly level: 2 | 3 }) {
  switch (part.kind) {
    case 'text':
      return <Prose text={part.text} />
    case 'heading':
      return <h2 className={classes.heading}>{part.text}</h2>
    case 'formula':
      return <FormulaPart tex={part.tex} symbols={part.symbols} />
    case 'network':
      return <NetworkPart preset={part.preset} run={part.run} caption={part.caption} />
    case 'live':
      return <LiveFigure figure={part.figure} caption={part.caption} />
    case 'experiment':
      return <ExperimentPart preset={part.preset} level={level} question={part.question} />
  }
}

/** No two parts of a section are the same. */
const keyOf = (part: Part) => JSON.stringify(part)

function tasksOf({ parts }: Section): readonly HandInTask[] {
  return parts.flatMap((part) => {
    if (part.kind !== 'experiment') return []
    const { preset, question = null } = part
    return [{ preset, title: presets.find(({ id }) => id === preset)?.title ?? preset, question }]
  })
}
