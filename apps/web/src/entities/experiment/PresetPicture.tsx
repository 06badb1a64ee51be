import classes from './PresetPicture.module.css'

const schemes = ['light', 'dark'] as const

/**
 * Shows the top of the figure that the lab's own runs of an experiment came to. It says nothing that the card does not: readers who see no pictures are not
 * told of it. `npm run pictures` takes them, in both colour schemes, of which the browser loads the one that is shown.
 */
export function PresetPicture({ id }: { readonly id: string }) {
  return schemes.map((scheme) => (
    // biome-ignore lint/performance/noImgElement: what the lab serves has its size.
    <img
      key={scheme}
      className={classes.picture}
      data-scheme={scheme}
      src={`/pictures/${encodeURIComponent(id)}-${scheme}.webp`}
      width={560}
      height={240}
      alt=""
      loading="lazy"
      decoding="async"
    />
  ))
}
