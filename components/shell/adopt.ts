/**
 * Styles of code that is loaded later, as text: as a style sheet that such code imports they would be lost in Astro's build, and the
 * content security policy allows sheets that a script makes. Returns what takes them away again.
 */
export function adopt(styles: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
