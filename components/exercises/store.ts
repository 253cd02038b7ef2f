/** Which exercises this reader has solved: kept in the browser, or for the page's lifetime where storage is forbidden. */

const KEY = 'exercises';

/** `slug/id` of each, where nothing can be kept. */
let unkept: string[] = [];

export function solved(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return unkept;
  }
}

export function keepSolved(ids: Iterable<string>): void {
  unkept = [...new Set(ids)];
  try {
    localStorage.setItem(KEY, JSON.stringify(unkept));
  } catch {
    // The marks then last as long as the page.
  }
}
