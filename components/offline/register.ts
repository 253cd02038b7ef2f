/** Starts the service worker, which keeps the pages that a reader opens; called when the page is there and idle. */
import { declined } from './declined';

const base = document.documentElement.dataset.base ?? '/';

/** Not on the page itself when it lies in another page: whoever embeds it has not asked to keep anything. */
const possible = () =>
  window === window.top && isSecureContext && self.origin !== 'null' && 'serviceWorker' in navigator;

/** A newer version waits until the reader says so. */
function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => void import('./notice').then(({ show }) => show(registration));
  if (registration.waiting) offer();
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    // The first worker of all is no newer version.
    if (!registration.active) return;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer();
    });
  });
  // In another tab the reader has gone on to the newer version; this page keeps the files that it came with.
  if (navigator.serviceWorker.controller) navigator.serviceWorker.addEventListener('controllerchange', offer);
}

if (possible() && !declined()) {
  // Where a host or a browser refuses it, the pages are as they are without it.
  navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' }).catch(() => {});
  void navigator.serviceWorker.ready.then((registration) => {
    for (const worker of [registration.active, registration.waiting]) worker?.postMessage(['visited', location.href]);
    registration.active?.postMessage(['sweep']);
    watch(registration);
  });
}
