import { Missing, type WhyMissing } from '../../ui/Missing'

/** Says why there is no experiment to show, and leads to the others. */
export function ExperimentMissing(why: WhyMissing) {
  return (
    <Missing
      {...why}
      noun="experiment"
      article="an"
      gone="Its runs and their files are gone too."
      home={{ href: '/experiments', label: 'All experiments' }}
    />
  )
}
