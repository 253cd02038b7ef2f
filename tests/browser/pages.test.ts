import { expect, test } from 'vitest';
import { awake, paths, site, widgets, withBrowser } from './site';

const open = withBrowser();

test('the sitemap names the home page, the claims, a guide and a paper', () => {
  expect(paths).toContain('');
  expect(paths).toContain('claims/');
  expect(paths.some((path) => path.startsWith('guides/'))).toBe(true);
  expect(paths.some((path) => path.startsWith('papers/'))).toBe(true);
});

test.for(paths)(
  '/%s loads without a complaint or a request to elsewhere, is titled, and fits a telephone',
  async (path) => {
    // A tab of its own, with the listeners in place before its first request; workers ask through the context.
    const context = (await open('404.html')).context();
    await Promise.all(context.pages().map((other) => other.close()));
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    context.on('requestfailed', (request) => complaints.push(`${request.failure()?.errorText}: ${request.url()}`));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(site).origin)
        complaints.push(`elsewhere: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });

    await page.goto(site + path, { waitUntil: 'networkidle' });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let y = 0; y < height; y += 800) {
      await page.evaluate((top) => scrollTo(0, top), y);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20))));
    }
    for (const { anchor } of widgets.filter((widget) => widget.path === path)) await awake(page, anchor);
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);

    expect((await page.title()).length).toBeGreaterThan(5);
    const description = await page.locator('meta[name=description]').getAttribute('content');
    expect(description?.length).toBeGreaterThan(20);
    expect(await page.locator('h1').count()).toBe(1);

    // With every widget live.
    await page.setViewportSize({ width: 390, height: 844 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  },
);
