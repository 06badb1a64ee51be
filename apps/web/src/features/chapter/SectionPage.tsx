import { chapter, type Part, type Section } from '@hourglass/chapter'
import Link from 'next/link'
import { ExperimentPart } from './ExperimentPart'
import { FormulaPart } from './FormulaPart'
import { NetworkPart } from './NetworkPart'
import { PrincipalAxesPart } from './PrincipalAxesPart'
import { Prose } from './Prose'
import classes from './SectionPage.module.css'

/** Shows one section of the chapter as an article. */
export function SectionPage({ section }: { readonly section: Section }) {
  const index = chapter.indexOf(section)
  return (
    <article className={classes.article}>
      <p className={classes.number}>
        Section {index + 1} of {chapter.length}
      </p>
      <h1 className={classes.title}>{section.title}</h1>
      <p className={classes.lead}>{section.lead}</p>
      {section.parts.map((part) => (
        <ShownPart key={keyOf(part)} part={part} />
      ))}
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

function ShownPart({ part }: { readonly part: Part }) {
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
      return <PrincipalAxesPart caption={part.caption} />
    case 'experiment':
      return <ExperimentPart preset={part.preset} question={part.question} />
  }
}

/** No two parts of a section are the same. */
const keyOf = (part: Part) => JSON.stringify(part)
