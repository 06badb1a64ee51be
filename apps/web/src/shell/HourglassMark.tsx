/** Draws the mark: an hourglass, which is also an encoder, a code and a decoder. */
export function HourglassMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 2.5h14L11.2 10 17 17.5H3L8.8 10Z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      <path d="M6.6 5h6.8L10 9.4Z" fill="var(--hg-accent)" />
      <path d="M10 12.2 13.2 16H6.8Z" fill="var(--hg-accent)" opacity="0.55" />
    </svg>
  )
}
