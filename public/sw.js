// While the site is written (`npm run dev`) nothing is kept: a service worker that a built site left at this address goes,
// and with it what it kept. The build puts the real one in the place of this file.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  const leave = async () => {
    const scope = new URL(self.registration.scope).pathname;
    const names = (await caches.keys()).filter((name) => name.startsWith(`perceptron-papers ${scope} `));
    await Promise.all(names.map((name) => caches.delete(name)));
    await self.registration.unregister();
    for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url);
  };
  event.waitUntil(leave());
});
