/** What has an address that is kept for good, as a selector: sections, equations, figures, claims, exercises, widgets, charts. */
export const PERMANENT = [
  '.article :is(h2, h3)[id]:not(.exercise *, .experiment *)',
  '.equation[id]',
  '.figure[id]',
  '.claim[id]',
  '.exercise[id]',
  '.experiment[id]',
  '.chart[id]',
].join(', ');
