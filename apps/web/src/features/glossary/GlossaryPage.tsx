import { type GlossaryGroup, glossaryGroups, listTerms, type Term } from '@hourglass/autoencoders/glossary'
import classes from './GlossaryPage.module.css'

const terms = listTerms()

/** Lists every term with its definition, each under an address of its own. */
export function GlossaryPage() {
  return (
    <article className={classes.root}>
      <header className={classes.head}>
        <h1 className={classes.title}>Glossary</h1>
        <nav aria-label="Parts of the glossary" className={classes.groups}>
          {glossaryGroups.map((group) => (
            <a key={group} href={`#${groupId(group)}`} className={classes.group}>
              {group}
            </a>
          ))}
        </nav>
      </header>
      {glossaryGroups.map((group) => (
        <section key={group} aria-labelledby={groupId(group)} className={classes.section}>
          <h2 id={groupId(group)} className={classes.heading}>
            {group}
          </h2>
          <dl className={classes.terms}>{terms.flatMap((term) => (term.group === group ? [<Entry key={term.id} term={term} />] : []))}</dl>
        </section>
      ))}
    </article>
  )
}

function Entry({ term: { id, title, elsewhere = [], definition, formula } }: { readonly term: Term }) {
  return (
    <div id={id} className={classes.term}>
      <dt className={classes.name}>{title}</dt>
      <dd className={classes.definition}>
        {definition}
        {elsewhere.length > 0 && <span className={classes.elsewhere}> Elsewhere also: {elsewhere.join(', ')}.</span>}
        {formula && <span className={classes.formula}>{formula}</span>}
      </dd>
    </div>
  )
}

function groupId(group: GlossaryGroup): string {
  return group.toLowerCase().replaceAll(' ', '-')
}
