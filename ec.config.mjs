/** Code listings: in its own file, because the `<Code>` component reads it apart from Astro's configuration. */
import { defineEcConfig } from 'astro-expressive-code';

export default defineEcConfig({
  themes: ['github-light', 'github-dark'],
  // Commands and configuration wrap on a narrow screen; wide boxes would each be a landmark of the same name. Programs scroll.
  defaultProps: { wrap: true, overridesByLang: { ts: { wrap: false } } },
  // Nothing here marks parts of code; scrollbars and selections are the browser's.
  textMarkers: false,
  useThemedScrollbars: false,
  useThemedSelectionColors: false,
  themeCssSelector: ({ type }) => `[data-theme="${type}"]`,
  styleOverrides: { codeFontFamily: 'var(--font-code)', uiFontFamily: 'var(--font-ui)', codeFontSize: '0.8rem' },
});
