import { Missing, type WhyMissing } from '../../ui/Missing'

/** Says why there is no run to show, and leads to the others. */
export function RunMissing(why: WhyMissing) {
  return (
    <Missing
      {...why}
      noun="run"
      article="a"
      gone="For some days it lies in the trash; then its files are gone from disk too."
      home={{ href: '/runs', label: 'All runs' }}
    />
  )
}
