/**
 * The code that a widget runs, fetched from the file's own page when a reader opens the drawer: written into every page, the
 * listings would be a third of it. Without JavaScript the link to that page stays.
 */

async function show(drawer: HTMLDetailsElement, status: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  status.replaceChildren('Loading the code …');
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(`${response.status}`);
    // Not `DOMParser`, whose document would hold the styles of that page to the content security policy of this one.
    const page = document.createElement('template');
    page.innerHTML = await response.text();
    const listing = page.content.querySelector('.expressive-code');
    if (!listing) throw new Error('there is no listing');
    // Scripts of a template do not run; an `import` runs those that this page lacks.
    const scripts = [...listing.querySelectorAll('script')];
    for (const script of scripts) script.remove();
    // Closed and opened again before the first answer came, the drawer has asked twice.
    drawer.querySelector('.expressive-code')?.remove();
    drawer.append(document.adoptNode(listing));
    await Promise.all(scripts.map(({ src }) => import(/* @vite-ignore */ src)));
    status.replaceChildren(link);
  } catch (error) {
    status.replaceChildren(`The code could not be loaded (${(error as Error).message}). It is here: `, link);
  }
}

for (const drawer of document.querySelectorAll<HTMLDetailsElement>('details.source')) {
  drawer.addEventListener('toggle', () => {
    const status = drawer.querySelector<HTMLElement>('[role=status]');
    const link = drawer.querySelector('a');
    // Opened again after a failure, it tries again.
    if (drawer.open && status && link && !drawer.querySelector('.expressive-code')) void show(drawer, status, link);
  });
}
