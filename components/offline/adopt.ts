/** Styles of code that is loaded later. As a style sheet that such code imports they would be lost in Astro's build. */
export function adopt(styles: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
}
